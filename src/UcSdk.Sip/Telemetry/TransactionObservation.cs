using System.Diagnostics;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>One transaction that somebody wants to hear of. Its first final response ends it, or its failure; what follows changes nothing.</summary>
internal sealed class TransactionObservation(SipRecorder recorder, bool isClient, string method, SipFlow flow, Timestamp start, Activity? activity)
{
    private bool _isEnded;

    public bool IsClient => isClient;

    /// <summary>As in tags.</summary>
    public string Method => method;

    public SipFlow Flow => flow;

    public Timestamp Start => start;

    public Activity? Activity => activity;

    public void Responded(SipResponse response)
    {
        if (!response.IsProvisional && !_isEnded)
        {
            _isEnded = true;
            recorder.TransactionEnded(this, response.StatusCode, null);
        }
    }

    public void Failed(string error)
    {
        if (!_isEnded)
        {
            _isEnded = true;
            recorder.TransactionEnded(this, null, error);
        }
    }
}
