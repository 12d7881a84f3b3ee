"""What logs a run: a program anywhere that has mlflow or mlflow-skinny."""

import mlflow

mlflow.set_experiment("Bees")
with mlflow.start_run(run_name="Zoë") as run:
    mlflow.log_param("hives", 3)
    for step, honey in enumerate([1.5, 2.25, 3.0]):
        mlflow.log_metric("honey", honey, step=step)
    mlflow.log_text("They hum, 日本.", "notes/hum.txt")
print(run.info.run_id)
