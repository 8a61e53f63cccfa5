"""Readers who use My list by its forms, each with a browser of their own."""

from tests.web.conftest import Page

ORIGIN = {"Origin": "http://localhost"}
JSON = {**ORIGIN, "Accept": "application/json"}
ARTICLE, REPORT, OTHER = "EJ1223055", "ED100003", "ED100004"


class Reader:
    """A reader with a browser of their own, without scripts."""

    def __init__(self, application):
        self.client = application.test_client()

    def post(self, action, headers=ORIGIN, **data):
        return self.client.post(f"/list/{action}", data=data, headers=headers)

    def told(self, action, **data):
        answer = self.post(action, JSON, **data)
        return answer.status_code, answer.get_json()

    def page(self, address="/list"):
        return Page(self.client.get(address).get_data(as_text=True))

    def list(self, address="/list.json"):
        return self.client.get(address).get_json()

    def ids(self, address="/list.json"):
        return [entry["id"] for entry in self.list(address)["entries"]]

    def share(self, **data):
        self.post("share", do="start", **data)
        return str(self.page().one(".sharelink a")["href"])


def rows(library):
    return library.store._database.read(lambda c: c.exec_driver_sql("select count(*) from lists").scalar())
