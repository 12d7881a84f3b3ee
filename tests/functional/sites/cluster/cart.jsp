<%@ page contentType="text/plain;charset=UTF-8" session="true"
%>${sessionScope.cart.getClass().name} ${sessionScope.cart[0].getClass().name} ${sessionScope.cart.size()}
<%
for (Object item : (java.util.List<?>) session.getAttribute("cart")) {
  java.util.Map<?, ?> map = (java.util.Map<?, ?>) item;
  out.println(map.get("number") + " " + map.get("name") + " " + map.get("at"));
}
%>
