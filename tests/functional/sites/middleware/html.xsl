<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="html" encoding="UTF-8"/>
  <xsl:param name="query">none</xsl:param>
  <xsl:template match="/"><html><p><xsl:value-of select="/shop/item"/>|<xsl:value-of select="$query"/></p></html></xsl:template>
</xsl:stylesheet>
