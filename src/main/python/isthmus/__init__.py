"""The Python that both engines share; isthmus.jython is for Jython alone."""


def service(name):
    """URL, user and password of a data source of the container, by its JNDI name.

    :param name: as the setting ``isthmus.services`` has it: ``jdbc/app``.
    :return: an :class:`isthmus.data_sources.DataSource`.
    :raises LookupError: if ``isthmus.services`` does not name it (IS0527).
    """
    # Not above: most web applications do not use it.
    from isthmus import data_sources

    return data_sources.named(name)
