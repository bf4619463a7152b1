using UcSdk.Shared;

namespace UcSdk.Server.Tests;

public sealed class LogTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Users_stand_in_the_log_only_when_the_options_say_so(bool logUserData)
    {
        var log = new RecordingLog();
        var lab = new ServerLab(options => options with { LoggerFactory = log, LogUserData = logUserData });
        var alice = lab.SignIn("alice");
        var focus = alice.CreateConference("ABCDEFGH");
        var joined = alice.Join(focus);
        alice.SendCommand(joined, 2, "<modifyConferenceLock/>");
        alice.ExpectsResponse(202);
        alice.ExpectsRequest("INFO");

        // The INFO is never answered, so its operation fails after Timer F, with a message that names addresses.
        lab.Advance(TimeSpan.FromSeconds(40));
        alice.Register("Expires: 0");
        lab.Dispose();

        var lines = log.Lines.ToArray();
        Assert.Contains(lines, line => line.Contains("INFO with a C3P response did not succeed (TimedOut)", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("is no longer registered", StringComparison.Ordinal));
        Assert.Equal(logUserData, lines.Any(line => line.Contains("alice", StringComparison.OrdinalIgnoreCase)));
    }
}
