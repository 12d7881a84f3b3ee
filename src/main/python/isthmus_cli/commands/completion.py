"""`isthmus completion`: the script that lets a shell complete commands and options."""

import click
from click.shell_completion import get_completion_class

SHELLS = ("bash", "zsh", "fish")


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def command(context, shell):
    """Print a script that makes a shell complete commands and options.

    \b
    bash:  echo 'eval "$(isthmus completion bash)"' >> ~/.bashrc
    zsh:   echo 'eval "$(isthmus completion zsh)"' >> ~/.zshrc
    fish:  isthmus completion fish > ~/.config/fish/completions/isthmus.fish
    """
    root = context.find_root()
    script = get_completion_class(shell)(
        root.command, {}, "isthmus", "_ISTHMUS_COMPLETE"
    )
    click.echo(script.source())
