<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Shelf</title>
<link rel="stylesheet" href="{{url('static', path='shelf.css')}}">
<h1>Shelf</h1>
% if name:
<p id="greeting">Hello, {{name}}.</p>
% end
<form method="post" action="{{url('name')}}">
  <label>Your name <input name="name"></label>
  <button>Introduce yourself</button>
</form>
<form method="post" action="{{url('notes')}}" enctype="multipart/form-data">
  <label>A note <input type="file" name="note"></label>
  <button>Put it there</button>
</form>
<ul>
% for note, link in links:
  <li><a href="{{link}}">{{note}}</a></li>
% end
</ul>
