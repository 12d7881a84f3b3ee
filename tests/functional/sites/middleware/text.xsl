<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text" media-type="text/csv" encoding="ISO-8859-1"/>
  <xsl:param name="query">none</xsl:param>
  <xsl:template match="/"><xsl:value-of select="/shop/item"/>,<xsl:value-of select="$query"/></xsl:template>
</xsl:stylesheet>
