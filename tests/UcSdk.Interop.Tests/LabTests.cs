namespace UcSdk.Interop.Tests;

/// <summary>The Lab as a client that we did not write meets it.</summary>
public sealed class LabTests
{
    [Fact]
    public async Task Sipp_signs_in_is_provisioned_makes_a_conference_joins_its_focus_and_leaves()
    {
        var sipp = Peer.Require("sipp", "sip-tester");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var lab = PeerProcess.Start("dotnet", Sample.Assembly("Lab"), "--listen", "tcp://127.0.0.1:0", "--user", "alice");
        await lab.WaitForTextAsync("Ctrl+C ends.", limit.Token);
        var address = lab.Output.Split('\n').Single(line => line.StartsWith("Listening on tcp://", StringComparison.Ordinal))["Listening on tcp://".Length..].Trim();

        var scenario = Path.Combine(AppContext.BaseDirectory, "Scenarios", "meeting.xml");
        await PeerProcess.RunAsync(sipp, [address, "-sf", scenario, "-m", "1", "-t", "t1", "-i", "127.0.0.1", "-nostdin", "-timeout", "20", "-timeout_error"], limit.Token);

        await lab.InterruptAsync(limit.Token);
        Assert.Empty(lab.Errors);
    }
}
