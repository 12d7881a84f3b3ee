<%@ page contentType="text/html;charset=UTF-8" isELIgnored="false" %>
<p>${cart[0]} ${cart[1]} ${empty nothing}</p>
