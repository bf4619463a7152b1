using UcSdk.Shared;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>Those who guess passwords: after how many wrong ones nothing counts any more, for whom, and for how long.</summary>
public sealed class GuessingConversationTests
{
    private static readonly GuessingLimits Limits = new() { FailuresPerUser = 3, FailuresPerHost = 5 };

    private static ServerLab Guarded(RecordingLog? log = null, Func<GuessingLimits, GuessingLimits>? change = null) => new(options => options with
    {
        Users = [new("alice") { Password = new("wonderland") }, new("bob") { Password = new("builder") }],
        Authentication = new() { Guessing = change?.Invoke(Limits) ?? Limits },
        LoggerFactory = log ?? options.LoggerFactory,
    });

    [Fact]
    public void After_the_last_wrong_password_the_right_one_is_refused_too_until_the_time_is_over_to_the_tick()
    {
        using var lab = Guarded();
        Assert.Equal([401, 401, 401], Enumerable.Range(0, 3).Select(n => Ntlm(lab, $"guess{n}", "alice", "guess")));
        lab.Advance(Limits.Window - TimeSpan.FromTicks(1));
        var refused = lab.Connect("alice", "early");
        Assert.Equal(403, Ntlm(lab, refused, "alice", "wonderland", out var refusal));
        var diagnostics = MsDiagnostics.Of(refusal)!;
        Assert.Equal((2, "sip.contoso.test"), (diagnostics.ErrorId, diagnostics.Source));
        Assert.Contains("Too many wrong passwords", diagnostics.Reason, StringComparison.Ordinal);
        Assert.False(refusal.Headers.Contains(HeaderName.WwwAuthenticate));
        Assert.Equal(0, lab.Counts.Bindings);
        lab.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(200, Ntlm(lab, "late", "alice", "wonderland"));
    }

    [Fact]
    public void Failures_that_are_further_apart_than_the_window_are_forgiven()
    {
        using var lab = Guarded();
        Assert.Equal([401, 401], Enumerable.Range(0, 2).Select(n => Ntlm(lab, $"first{n}", "alice", "guess")));
        lab.Advance(Limits.Window);
        Assert.Equal([401, 401, 200], new[] { "guess", "guess", "wonderland" }.Select((password, n) => Ntlm(lab, $"then{n}", "alice", password)));
    }

    [Fact]
    public void Neither_another_scheme_nor_another_spelling_nor_another_host_gives_further_guesses()
    {
        using var lab = Guarded();
        Assert.Equal(401, Ntlm(lab, "one", "CONTOSO\\alice", "guess"));
        Assert.Equal(401, Ntlm(lab, "two", "Alice@contoso.test", "guess"));
        Assert.Equal(401, Digest(lab, "three", "alice", "guess"));
        Assert.Equal(403, Digest(lab, "four", "ALICE@CONTOSO.TEST", "wonderland"));
        Assert.Equal(403, Ntlm(lab, "five", "alice", "wonderland"));
        Assert.Equal(200, Ntlm(lab, "six", "bob", "builder", from: "bob"));
    }

    [Fact]
    public void Somebody_elses_From_is_no_way_to_guess_and_the_limited_name_gives_no_oracle()
    {
        using var lab = Guarded();
        // bob's From, alice's name: right it would be 403 because of From, wrong 401.
        Assert.Equal([401, 401, 401], Enumerable.Range(0, 3).Select(n => Ntlm(lab, $"guess{n}", "alice", "guess", from: "bob")));
        Assert.Equal(403, Ntlm(lab, "wrong", "alice", "guess", from: "bob"));
        Assert.Equal(403, Ntlm(lab, "right", "alice", "wonderland", from: "bob"));
    }

    [Fact]
    public void A_name_that_nobody_has_is_limited_like_any_other()
    {
        using var lab = Guarded();
        foreach (var scheme in new Func<string, string, int>[] { (host, user) => Ntlm(lab, host, user, "guess"), (host, user) => Digest(lab, host, user, "guess") })
        {
            var answers = new[] { "alice", "mallory" }.Select(user => Enumerable.Range(0, 5).Select(n => scheme($"{user}{n}", user)).ToArray()).ToArray();
            Assert.Equal([401, 401, 401, 403, 403], answers[0]);
            Assert.Equal(answers[0], answers[1]);
            lab.Advance(Limits.Window);
        }
    }

    [Fact]
    public void One_host_that_tries_many_names_is_limited_and_others_are_not()
    {
        using var lab = Guarded();
        var prowler = lab.Connect("alice", "prowler");
        Assert.Equal([401, 401, 401, 401, 401, 403], Enumerable.Range(0, 6).Select(n => Ntlm(lab, prowler, $"user{n}", "guess", out _)));
        Assert.Equal(403, Ntlm(lab, prowler, "alice", "wonderland", out _));
        Assert.Equal(200, Ntlm(lab, "home", "alice", "wonderland"));
    }

    [Fact]
    public void A_user_who_is_signed_in_notices_nothing_and_a_right_password_clears_nothing()
    {
        using var lab = Guarded();
        Assert.Equal([401, 401], Enumerable.Range(0, 2).Select(n => Ntlm(lab, $"before{n}", "alice", "guess")));
        var alice = NtlmSignIn.Complete(lab, "alice", "wonderland");
        Assert.Equal([401, 403], Enumerable.Range(0, 2).Select(n => Ntlm(lab, $"after{n}", "alice", "guess")));
        alice.Register();
        alice.ExpectsResponse(200);
        alice.Request("MESSAGE", alice.Address, "m1");
        alice.ExpectsResponse(480);
        Assert.Empty(alice.Unsigned);
    }

    [Fact]
    public void Limits_can_be_lifted_and_none_can_be_zero()
    {
        using var lab = Guarded(change: limits => limits with { FailuresPerUser = int.MaxValue, FailuresPerHost = int.MaxValue });
        var eager = lab.Connect("alice", "eager");
        Assert.All(Enumerable.Range(0, 12), _ => Assert.Equal(401, Ntlm(lab, eager, "alice", "guess", out var _)));
        Assert.Equal(200, Ntlm(lab, eager, "alice", "wonderland", out _));
        foreach (var limits in new[]
        {
            Limits with { FailuresPerUser = 0 }, Limits with { FailuresPerHost = 0 }, Limits with { Window = TimeSpan.Zero }, Limits with { MaxRemembered = 0 },
        })
        {
            Assert.ThrowsAny<ArgumentException>(() => new UcServer(new() { Authentication = new() { Guessing = limits } }));
        }
    }

    [Fact]
    public void The_log_says_once_that_somebody_guesses_and_not_whom()
    {
        var log = new RecordingLog();
        using var lab = Guarded(log);
        var prowler = lab.Connect("alice", "prowler");
        for (var n = 0; n < 5; n++)
        {
            Ntlm(lab, prowler, "alice", "guess", out _);
        }

        Assert.Single(log.Lines, line => line.StartsWith("Too many wrong passwords for the user name", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("alice", StringComparison.OrdinalIgnoreCase) || line.Contains("prowler", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.StartsWith("REGISTER answered 403: Too many wrong passwords", StringComparison.Ordinal));
    }

    private static int Ntlm(ServerLab lab, string host, string user, string password, string from = "alice") =>
        Ntlm(lab, lab.Connect(from, host), user, password, out _);

    private static int Ntlm(ServerLab lab, RawClient client, string user, string password, out SipResponse answer)
    {
        client.Association = null;
        var signIn = new NtlmSignIn(lab, client, user, password);
        signIn.Begin();
        signIn.AskForChallenge();
        signIn.Finish();
        Assert.True(client.TryTake(out var message));
        answer = Assert.IsType<SipResponse>(message);
        return answer.StatusCode;
    }

    private static int Digest(ServerLab lab, string host, string user, string password)
    {
        var client = lab.Connect("alice", host + "d");
        client.Register();
        client.Register("Authorization: " + AuthenticationConversationTests.Answer(client.ExpectsResponse(401), user, password));
        Assert.True(client.TryTake(out var message));
        return Assert.IsType<SipResponse>(message).StatusCode;
    }
}
