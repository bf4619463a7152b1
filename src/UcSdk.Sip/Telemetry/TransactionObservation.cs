using System.Diagnostics;
using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>One transaction that somebody wants to hear of. Its first final response ends it, or its failure; what follows changes nothing.</summary>
internal sealed class TransactionObservation(SipRecorder recorder, Transaction transaction, Timestamp start, Activity? activity)
{
    private bool _isEnded;

    public void Responded(SipResponse response)
    {
        if (!response.IsProvisional && !_isEnded)
        {
            _isEnded = true;
            recorder.TransactionEnded(transaction, start, activity, response.StatusCode, null);
        }
    }

    public void Failed(string error)
    {
        if (!_isEnded)
        {
            _isEnded = true;
            recorder.TransactionEnded(transaction, start, activity, null, error);
        }
    }
}
