"""Flask-Login that takes its users from the container's login: docs/login.md."""

# begin: users
from flask import Flask, jsonify
from flask_login import LoginManager, UserMixin, current_user, login_required


class Member(UserMixin):
    def __init__(self, user):
        self.id = user.name
        self.is_member = user.in_role("member")


app = Flask(__name__)
logins = LoginManager(app)


@logins.request_loader
def member(request):
    user = request.environ["isthmus.user"]
    return Member(user) if user.name else None
# end: users


@app.route("/who")
@app.route("/in/who")
def who():
    return jsonify([current_user.get_id(), current_user.is_authenticated])


@app.route("/required")
@app.route("/in/required")
@login_required
def required():
    return jsonify(current_user.is_member)


application = app
