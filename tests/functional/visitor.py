"""A client that keeps its cookies, as browsers do."""


class Visitor:
    """Requests to one app, with the session's cookie of the last answer.

    :ivar cookie: ``name=value``, or None.
    """

    def __init__(self, mounted, headers=()):
        self._mounted = mounted
        self._headers = list(headers)
        self.cookie = None

    def get(self, rest):
        return self.request("GET", rest)

    def json(self, rest):
        response = self.get(rest)
        assert response.status == 200, response
        return response.json()

    def request(self, method, rest, body=None, headers=()):
        fields = [("Cookie", self.cookie)] if self.cookie else []
        fields += [*self._headers, *headers]
        response = self._mounted.request(method, rest, fields, body)
        for field in response.all("Set-Cookie"):
            self.cookie = field.partition(";")[0]
        return response
