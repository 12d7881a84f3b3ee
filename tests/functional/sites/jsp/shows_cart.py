"""Python computes, and a JSP beside it shows the result."""


# begin: shows
def application(environ, start_response):
    cart = [{"name": "tea", "price": 3}]
    return environ["isthmus.forward"]("/WEB-INF/app/cart.jsp", {"cart": cart})


# end: shows
