using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// One step of a <see cref="ISecurityContext"/>. Where the context may block it runs outside the loop (<see cref="SipEffect.RunStep"/>), and requests
/// that need its outcome wait for it, however many they are. It belongs to the loop.
/// </summary>
internal sealed class HandshakeStep
{
    private readonly ISecurityContext _context;
    private readonly ReadOnlyMemory<byte> _token;
    private SecurityContextStep? _result;
    private Action? _whenDone;
    private bool _isStarted;
    private bool _isRunning;
    private bool _isReleased;

    private HandshakeStep(ISecurityContext context, ReadOnlyMemory<byte> token)
    {
        _context = context;
        _token = token;
    }

    /// <summary>What came of it; null while it is under way.</summary>
    public SecurityContextStep? Outcome { get; private set; }

    public bool IsDone => Outcome is not null;

    /// <summary>
    /// After a refusal: whether the challenge got another answer than this step's, a further scheme's. Null until the first of those who wait has tried; the
    /// others do not try again, or a wrong password would be tried as often as there are requests.
    /// </summary>
    public bool? HasSuccessor { get; set; }

    /// <summary>Takes the step: at once, unless the context may block.</summary>
    /// <param name="context">The context, which belongs to the step until that is done.</param>
    /// <param name="token">What the peer sent; it must not change meanwhile.</param>
    public static HandshakeStep Begin(ISecurityContext context, ReadOnlyMemory<byte> token)
    {
        var step = new HandshakeStep(context, token);
        if (!context.MayBlock)
        {
            step._result = context.Advance(token);
            step.Finish();
        }

        return step;
    }

    /// <summary>What ends with a handshake that takes several messages: <see cref="End"/> says when.</summary>
    public static HandshakeStep OfWhole() => new(new UnavailableContext("a handshake is no context"), default) { _isStarted = true };

    /// <summary>The handshake is over: those who waited for it go on, or have their refusal.</summary>
    public void End(SecurityContextStep outcome)
    {
        HasSuccessor = outcome.Status == SecurityContextStatus.Established;
        _result = outcome;
        Finish();
    }

    /// <summary>True once: whoever gets it has the step run.</summary>
    public bool TryStart()
    {
        var isFirst = !_isStarted;
        _isStarted = true;
        return isFirst;
    }

    /// <summary>Runs it there; <see cref="Finish"/> is to follow on the loop.</summary>
    public Task RunAsync(IBlockingWork work)
    {
        _isRunning = true;
        return work.RunAsync(() => _result = _context.Advance(_token));
    }

    /// <summary>It has been run; whoever waits goes on, in the order in which they came.</summary>
    public void Finish()
    {
        _isRunning = false;
        Outcome = _result ?? SecurityContextStep.Refuse("The step failed.");
        if (_isReleased)
        {
            _context.Dispose();
        }

        var waiting = _whenDone;
        _whenDone = null;
        waiting?.Invoke();
    }

    /// <summary>Calls when it is done; at once where it is.</summary>
    public void WhenDone(Action action)
    {
        if (IsDone)
        {
            action();
        }
        else
        {
            _whenDone += action;
        }
    }

    /// <summary>Disposes the context as soon as nothing runs in it: now, or when the step comes back.</summary>
    public void Release()
    {
        if (_isReleased)
        {
            return;
        }

        _isReleased = true;
        if (!_isRunning)
        {
            _context.Dispose();
        }
    }
}
