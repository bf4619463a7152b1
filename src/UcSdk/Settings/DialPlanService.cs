namespace UcSdk;

/// <summary>Fetches the dial plan once the settings of a connection are known; the sign-in need not wait for it.</summary>
internal sealed class DialPlanService(ClientSettings settings) : ISignedInService
{
    public string Name => "dial plan";

    public Task StartAsync(ServerConnection connection, CancellationToken cancellationToken) => settings.ReadDialPlanAsync(connection, cancellationToken);

    public Task StopAsync(ConnectionLoss? loss) => Task.CompletedTask;
}
