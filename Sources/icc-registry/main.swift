print("icc-registry")
