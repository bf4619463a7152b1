namespace UcSdk.Interop.Tests;

/// <summary>SIPp as caller, our endpoint as callee, on real sockets.</summary>
public sealed class SippCallsUsTests
{
    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task A_call_is_rung_answered_held_and_ended(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        await SippProgram.CallAsync(phone.Address, "call", limit.Token);
        Assert.Equal(["Incoming", "Accepted", "Confirmed"], phone.Heard.Where(line => !line.Contains("SIP/2.0", StringComparison.Ordinal)).Take(3));
        Assert.Equal(0, phone.Counts.InviteSessions);
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task A_call_that_rings_is_cancelled(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        await SippProgram.CallAsync(phone.Address, "cancel", limit.Token);
        Assert.Equal((0, "Terminated"), (phone.Counts.InviteSessions, phone.Heard[^1]));
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task Early_media_is_reliable_and_changed_before_the_answer(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        await SippProgram.CallAsync(phone.Address, "reliable", limit.Token);
        Assert.Equal(0, phone.Counts.InviteSessions);
        Assert.Contains("Confirmed", phone.Heard);
    }

    [Theory]
    [InlineData("UDP")]
    [InlineData("TCP")]
    public async Task Options_are_told(string transport)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await using var phone = await Phone.StartAsync(transport, limit.Token);
        await SippProgram.CallAsync(phone.Address, "options", limit.Token);
        Assert.StartsWith("OPTIONS", Assert.Single(phone.Heard), StringComparison.Ordinal);
    }
}
