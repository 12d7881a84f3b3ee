/**
 * What a deployer may set: the table of settings, where their values are looked for, and modjy's
 * parameters translated into them.
 */
package org.isthmus.settings;
