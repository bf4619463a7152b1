using Microsoft.Extensions.Logging;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>What applications want to know of the responses to one request.</summary>
internal sealed class ResponseHooks
{
    private List<Action<SipResponse>>? _responses;
    private List<Func<SipResponse, IReadOnlyList<ProxyTarget>?>>? _failures;

    // Few requests have any.
    public List<Action<SipResponse>> Responses => _responses ??= [];

    public List<Func<SipResponse, IReadOnlyList<ProxyTarget>?>> Failures => _failures ??= [];

    /// <summary>Shows a response to everybody; what one of them throws concerns nobody else.</summary>
    public void Show(SipResponse response, ILogger logger)
    {
        for (var at = 0; at < _responses?.Count; at++)
        {
            var handler = _responses[at];
            try
            {
                handler(response);
            }
            catch (Exception fault)
            {
                Log.ApplicationFailed(logger, handler.Method.DeclaringType?.Name ?? "", fault);
            }
        }
    }

    /// <summary>The targets that the first who has any names; null when nobody has.</summary>
    public IReadOnlyList<ProxyTarget>? AskForMore(SipResponse response, ILogger logger)
    {
        for (var at = 0; at < _failures?.Count; at++)
        {
            var handler = _failures[at];
            try
            {
                if (handler(response) is { Count: > 0 } targets)
                {
                    return targets;
                }
            }
            catch (Exception fault)
            {
                Log.ApplicationFailed(logger, handler.Method.DeclaringType?.Name ?? "", fault);
            }
        }

        return null;
    }
}
