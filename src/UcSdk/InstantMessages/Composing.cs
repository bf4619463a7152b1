using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk;

/// <summary>
/// Tells the other side that the user types: at once, then every few seconds for as long as it holds, and once when it ends. A message that is sent ends it without a
/// word. On the loop only.
/// </summary>
internal sealed class Composing
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(5);

    // RFC 3994 §3.3: a plain peer keeps it for the time that it is told.
    private static readonly TimeSpan PageModeRefresh = TimeSpan.FromSeconds(50);

    // Whoever forgets to say that the user has stopped is not typing for ever.
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(1);
    private readonly ModelContext _context;
    private readonly Func<IMessageLeg?> _leg;
    private readonly SharedDeadline _deadline;
    private Timestamp _until;

    public Composing(ModelContext context, SharedTimer timer, Func<IMessageLeg?> leg)
    {
        _context = context;
        _leg = leg;
        _deadline = timer.Add(Repeat);
    }

    public bool IsActive { get; private set; }

    /// <summary>Ends with the answer of the other side; where there is no session, nothing is said.</summary>
    public Task SetAsync(bool isComposing)
    {
        if (isComposing)
        {
            _until = _context.Loop.Now + MaxTime;
        }

        if (isComposing == IsActive)
        {
            return Task.CompletedTask;
        }

        IsActive = isComposing;
        return TellAsync();
    }

    /// <summary>A message was sent: the other side knows by itself.</summary>
    public void End()
    {
        IsActive = false;
        _deadline.Set(null);
    }

    private void Repeat()
    {
        if (IsActive)
        {
            IsActive = _context.Loop.Now < _until;
            _context.Work.Start(TellAsync);
        }
    }

    private async Task TellAsync()
    {
        var leg = _leg();
        _deadline.Set(IsActive ? _context.Loop.Now + (leg is { IsSession: false } ? PageModeRefresh : Refresh) : null);
        if (leg is not { IsReady: true })
        {
            return;
        }

        try
        {
            await leg.SendComposingAsync(IsActive);
        }
        catch (SipException)
        {
            // Nobody misses it; whether the session is gone the next message finds out.
        }
    }
}
