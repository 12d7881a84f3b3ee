<%@ page contentType="text/html;charset=UTF-8" isELIgnored="false" import="java.util.List" %>
<ul>
<% for (Object article : (List<?>) request.getAttribute("cart")) { %>
<% pageContext.setAttribute("article", article); %>
<li>${article.name}: ${article.price}</li>
<% } %>
</ul>
