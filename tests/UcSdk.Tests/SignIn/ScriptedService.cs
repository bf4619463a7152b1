namespace UcSdk.Tests;

/// <summary>A service that writes down what it is told and does as the test wants.</summary>
internal sealed class ScriptedService : ISignedInService
{
    public string Name => "scripted";

    public List<string> Log { get; } = [];

    public Func<ServerConnection, CancellationToken, Task> Starting { get; set; } = (_, _) => Task.CompletedTask;

    public Func<Task> Stopping { get; set; } = () => Task.CompletedTask;

    public Task StartAsync(ServerConnection connection, CancellationToken cancellationToken)
    {
        Log.Add($"start {(connection.IsOpen ? "open" : "closed")}");
        return Starting(connection, cancellationToken);
    }

    public Task StopAsync(ConnectionLoss? loss)
    {
        Log.Add($"stop {loss?.End.ToString() ?? "in order"}");
        return Stopping();
    }
}
