namespace UcSdk.Tests;

/// <summary>What the options of signing in allow, at the limit and one past it.</summary>
public sealed class SignInOptionsTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly LyncClientOptions Options = new() { Server = SignInLab.Tcp("server") };

    public static TheoryData<string, LyncClientOptions> Good => new()
    {
        { "one attempt", Options with { SignInAttempts = 1 } },
        { "no redirections", Options with { MaxRedirects = 0 } },
        { "seventy redirections", Options with { MaxRedirects = 70 } },
        { "no reconnecting", Options with { Reconnect = null } },
        { "at once", With(new() { FirstDelay = TimeSpan.Zero, NetworkSettleTime = TimeSpan.Zero }) },
        { "one pace", With(new() { BaseDelay = Tick, MaxDelay = Tick, MaxRetryAfter = Tick, GiveUpAfter = Tick }) },
    };

    public static TheoryData<string, LyncClientOptions> Bad => new()
    {
        { "no attempt", Options with { SignInAttempts = 0 } },
        { "fewer than no redirections", Options with { MaxRedirects = -1 } },
        { "more than seventy redirections", Options with { MaxRedirects = 71 } },
        { "before the loss", With(new() { FirstDelay = -Tick }) },
        { "without a pause", With(new() { BaseDelay = TimeSpan.Zero }) },
        { "shrinking pauses", With(new() { BaseDelay = 2 * Tick, MaxDelay = Tick }) },
        { "a server that may say less than we", With(new() { MaxRetryAfter = ReconnectOptions.Default.MaxDelay - Tick }) },
        { "giving up at once", With(new() { GiveUpAfter = TimeSpan.Zero }) },
        { "news from the future", With(new() { NetworkSettleTime = -Tick }) },
    };

    [Theory]
    [MemberData(nameof(Good), DisableDiscoveryEnumeration = true)]
    public void What_is_allowed_is_taken(string what, LyncClientOptions options)
    {
        options.Validate();
        Assert.NotEmpty(what);
    }

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public void What_is_not_is_refused(string what, LyncClientOptions options)
    {
        Assert.Throws<ArgumentOutOfRangeException>(options.Validate);
        Assert.NotEmpty(what);
    }

    private static LyncClientOptions With(ReconnectOptions reconnect) => Options with { Reconnect = reconnect };
}
