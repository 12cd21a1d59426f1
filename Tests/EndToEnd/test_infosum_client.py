"""The life of a config through a client that is generated from InfoSum's published document, not from the registry's."""

import pathlib

import pytest

from generated_client import generate

pytestmark = pytest.mark.both_stores

DOCUMENT = pathlib.Path(__file__).with_name("infosum.yaml")


@pytest.fixture
def generated(tmp_path, monkeypatch):
    """The generated package: `generated("models")` is one of its modules."""
    yield from generate(DOCUMENT, "infosum_client", tmp_path, monkeypatch)


@pytest.fixture
def call(generated, registry):
    """`call("get_connector_config", …)` sends a request with the token as InfoSum's clients do; status and parsed content."""
    client = generated("client").AuthenticatedClient(base_url=registry.url, token=registry.token, prefix="")

    def send(operation, *arguments, **keywords):
        answer = generated("api.configs." + operation).sync_detailed(*arguments, client=client, **keywords)
        return int(answer.status_code), answer.parsed

    return send


@pytest.fixture
def config(generated):
    """Makes the config of a role in the customer's account."""
    models = generated("models")

    def make(name, **members):
        access = models.CrossAccount(user_arn="arn:aws:iam::111122223333:role/infosum-import", session_name="acme-import")
        return models.Config(
            name=name, connector_type=models.ConfigConnectorType.S3_CROSS_ACCOUNT, is_gpg=False,
            s3_connector=models.S3Connector(bucket="acme-data", prefix="exports/", filenames=["*.csv"], cross_account=access), **members)

    return make


def test_the_life_of_a_config(call, config, generated, registry):
    models = generated("models")
    ids = {}
    for name in ("Acme weekly", "Acme daily", "Globex"):
        status, made = call("create_connector_config", body=models.CreateRequest(config=config(name, description=f"of {name}")))
        assert status == 200, made
        ids[name] = made.config_id
    status, error = call("create_connector_config", body=models.CreateRequest(config=config("ACME weekly")))
    assert status == 409 and error.error.code == "name.taken" and error.details.message

    status, read = call("get_connector_config", ids["Globex"])
    access = read.config.s3_connector.cross_account
    icc = registry.get(f"/v1/iccs/{ids['Globex']}")
    assert status == 200 and (access.external_id, access.principal) == (icc["externalId"], icc["principal"])
    assert read.config.owner_id == "default" and read.config.created_date_time.isoformat(timespec="milliseconds").startswith(icc["createdAt"][:23])

    names, page = [], 1
    while page:
        listed = call("list_connector_configs", filter_="name co 'Acme' and not description eq 'x'", order_by="name ASC",
                      pagination_page=page, pagination_per_page=1)[1]
        names += [each.name for each in listed.configs]
        page = listed.pagination.next_page
    assert names == ["Acme daily", "Acme weekly"] and listed.pagination.total_results == 2

    change = models.Config(s3_connector=models.S3Connector(prefix="new/", cross_account=models.CrossAccount(session_name="renamed")))
    status, changed = call("patch_connector_config", ids["Globex"], body=change)
    connector = changed.config.s3_connector
    assert status == 200 and (connector.prefix, connector.filenames, connector.bucket) == ("new/", ["*.csv"], "acme-data")
    assert connector.cross_account.principal.endswith("/renamed") and connector.cross_account.external_id == icc["externalId"]

    assert call("delete_connector_config", ids["Globex"])[0] == 200
    status, error = call("get_connector_config", ids["Globex"])
    assert status == 404 and error.error.code == "not-found" and error.request_id and error.time
    assert [each.name for each in call("list_connector_configs")[1].configs] == ["Acme daily", "Acme weekly"]


def test_what_another_connector_has_is_refused(call, config, generated):
    models = generated("models")
    for other in (models.Config(name="sftp", sftp_connector=models.ConfigSftpConnector()), config("gpg")):
        other.is_gpg = other.name == "gpg"
        status, error = call("create_connector_config", body=models.CreateRequest(config=other))
        assert status == 400 and error.details.code in ("connector-type.unsupported", "gpg.unsupported")
    status, error = call("list_connector_configs", filter_="name eq")
    assert status == 400 and error.details.code == "filter.syntax" and "8" in error.details.message
