using System.Globalization;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>Decides which requests an endpoint that has enough to do does not begin with (<see cref="OverloadOptions"/>).</summary>
internal sealed class OverloadControl
{
    private readonly OverloadOptions _options;
    private readonly RandomSource _random;
    private readonly OverloadGate _transactions;
    private readonly OverloadGate _calls;
    private readonly OverloadGate _delay;
    private int _shut;
    private long _refusalsBefore;

    public OverloadControl(OverloadOptions options, RandomSource random)
    {
        options.Validate();
        _options = options;
        _random = random;
        _transactions = new(nameof(OverloadOptions.MaxServerTransactions), options.MaxServerTransactions, options.ResumeShare);
        _calls = new(nameof(OverloadOptions.MaxCalls), options.MaxCalls, options.ResumeShare);
        _delay = new(nameof(OverloadOptions.MaxQueueDelay), options.MaxQueueDelay.Ticks, options.ResumeShare);
    }

    /// <summary>How many requests were refused so far.</summary>
    public long Refusals { get; private set; }

    /// <summary>True while a limit is exceeded, as far as the last request showed.</summary>
    public bool IsExceeded => _shut != 0;

    /// <summary>True when a request that begins something new must be refused; it is counted then.</summary>
    /// <param name="method">Only an INVITE would make one call more.</param>
    /// <param name="transactions">Server transactions now.</param>
    /// <param name="calls">Invite sessions now.</param>
    /// <param name="delay">How long the request may have waited.</param>
    /// <param name="change">What has changed with this request, for the log; null for nothing.</param>
    public bool Refuses(SipMethod method, int transactions, int calls, TimeSpan delay, out string? change)
    {
        var forAll = _transactions.Update(transactions + 1L) | _delay.Update(delay.Ticks);
        var forCalls = _calls.Update(calls + 1L);
        change = Describe();
        if (!forAll && !(forCalls && method.IsInvite))
        {
            return false;
        }

        Refusals++;
        return true;
    }

    /// <summary>A Retry-After, in whole seconds.</summary>
    public string NextRetryAfter()
    {
        var least = (int)_options.MinRetryAfter.TotalSeconds;
        return (least + _random.Next((int)_options.MaxRetryAfter.TotalSeconds - least + 1)).ToString(CultureInfo.InvariantCulture);
    }

    // One line when a limit is passed and one when all is well again: a line for each refusal would be work for an endpoint that has too much of it.
    private string? Describe()
    {
        var shut = (_transactions.IsShut ? 1 : 0) | (_calls.IsShut ? 2 : 0) | (_delay.IsShut ? 4 : 0);
        if (shut == _shut)
        {
            return null;
        }

        _shut = shut;
        if (shut != 0)
        {
            return "beyond " + string.Join(", ", new[] { _transactions, _calls, _delay }.Where(gate => gate.IsShut).Select(gate => gate.Name));
        }

        var refused = Refusals - _refusalsBefore;
        _refusalsBefore = Refusals;
        return $"over, {refused} requests were refused";
    }
}
