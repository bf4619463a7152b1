using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>What is remembered of those who guess, and what it can cost.</summary>
public sealed class GuessingGuardTests
{
    private static readonly GuessingLimits Limits = new() { FailuresPerUser = 2, FailuresPerHost = 100, MaxRemembered = 4 };

    private Timestamp _now = new(1);

    [Fact]
    public void No_more_is_remembered_than_the_limit_says_and_the_oldest_makes_room()
    {
        var guard = Create();
        Fail(guard, "alice");
        Fail(guard, "alice");
        Assert.Equal((2, false), (guard.Remembered, Try(guard, "alice")));
        Fail(guard, "u1");
        Fail(guard, "u2");
        Assert.Equal((4, false), (guard.Remembered, Try(guard, "alice")));
        Fail(guard, "u3");
        Fail(guard, "u4");
        Assert.Equal((4, true), (guard.Remembered, Try(guard, "alice")));
    }

    [Fact]
    public void Nothing_is_remembered_when_the_time_is_over()
    {
        var guard = Create();
        Fail(guard, "alice");
        _now += Limits.Window;
        Assert.True(Try(guard, "bob"));
        Assert.Equal(0, guard.Remembered);
    }

    [Fact]
    public void Of_a_name_only_so_much_is_looked_at()
    {
        var guard = Create();
        Fail(guard, new string('a', GuessingGuard.MaxNameLength) + "1");
        Fail(guard, new string('a', GuessingGuard.MaxNameLength) + "2");
        Assert.False(Try(guard, new string('a', GuessingGuard.MaxNameLength) + "3"));
        Assert.True(Try(guard, new string('a', GuessingGuard.MaxNameLength - 1)));
    }

    [Fact]
    public void A_ticket_is_no_guess()
    {
        var guard = Create();
        Fail(guard, "alice");
        Fail(guard, "alice");
        Assert.True(guard.Admits("Kerberos", "alice@CONTOSO.TEST", Flow("home.test"), isRight: true));
        Assert.False(Try(guard, "alice"));
    }

    private GuessingGuard Create() => new(Limits, "sip.contoso.test", () => _now);

    private static SipFlow Flow(string host) => new("TCP", new("TCP", "sip.contoso.test", 5060), new("TCP", host, 50000), isReliable: true, isOutgoing: false);

    private static void Fail(GuessingGuard guard, string name) => guard.Admits("NTLM", name, Flow("home.test"), isRight: false);

    private static bool Try(GuessingGuard guard, string name) => guard.Admits("NTLM", name, Flow("other.test"), isRight: true);
}
