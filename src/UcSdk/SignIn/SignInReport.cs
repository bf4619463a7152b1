using UcSdk.Sip;

namespace UcSdk;

/// <summary>Tells what a sign-in does, as it does it. On the loop only.</summary>
internal sealed class SignInReport(ModelContext context, ChangeStream<SignInProgress> progress, Action<SignInDelay> delayed)
{
    private readonly List<string> _schemes = [];
    private SipTransportAddress? _server;

    /// <summary>The attempt that runs, from 1.</summary>
    public int Attempt { get; set; }

    /// <summary>The schemes by which challenges of the server in question were answered, in order.</summary>
    public IReadOnlyList<string> Schemes => _schemes;

    public void Stage(SignInStage stage, SipTransportAddress? server = null, int status = 0)
    {
        if (stage == SignInStage.Connect)
        {
            _schemes.Clear();
        }

        _server = server;
        progress.Publish(new(stage, Attempt, context.WallClock) { Server = server, StatusCode = status });
    }

    /// <summary>A challenge is answered.</summary>
    public void Challenge(string scheme)
    {
        _schemes.Add(scheme);
        progress.Publish(new(SignInStage.Authenticate, Attempt, context.WallClock) { Server = _server, Scheme = scheme });
    }

    public void Discovery(DiscoveryAttempt question) =>
        progress.Publish(new(SignInStage.Discover, Attempt, context.WallClock) { Discovery = question });

    /// <summary>The user is signed in at a backup; the primary is asked after the pause, or, for null, not any more.</summary>
    public void AtBackup(SipTransportAddress primary, TimeSpan? pause, RegisterException cause)
    {
        var now = context.WallClock;
        progress.Publish(new(SignInStage.AtBackup, Attempt, now) { Server = primary, StatusCode = cause.StatusCode, NextAttempt = now + pause, Cause = cause });
    }

    /// <summary>The next attempt is a while away.</summary>
    public void Wait(TimeSpan pause, Exception? cause, bool isFailure)
    {
        var now = context.WallClock;
        var status = isFailure && cause is LyncClientException failure ? failure.StatusCode : 0;
        progress.Publish(new(SignInStage.Wait, Attempt, now) { StatusCode = status, NextAttempt = now + pause, Cause = cause });
        delayed(new(pause, now + pause, status, cause));
        Log.SignInWaits(context.Logger, pause, cause);
    }
}
