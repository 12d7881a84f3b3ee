/**
 * What happens at deployment, reload and undeployment: which applications are loaded, in which
 * generation, and when each is closed.
 */
package org.isthmus.deploy;
