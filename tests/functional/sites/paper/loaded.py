"""The paper's loadapp: a program that has Paste Deploy load it, wherever it runs."""
import os

from paste.deploy import loadapp

HERE = os.path.dirname(os.path.abspath(__file__))

application = loadapp("config:layers.ini", relative_to=HERE)
