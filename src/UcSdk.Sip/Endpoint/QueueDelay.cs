using UcSdk.Core;

namespace UcSdk.Sip;

/// <summary>
/// For how long messages may have waited before they are handled: as long as the loop has had work without a pause, when that work was messages. A loop that is held up by
/// something else (a slow handler, the first use of code, a pause of the runtime) with hardly a message behind it has no queue.
/// </summary>
internal sealed class QueueDelay(SerialLoop loop)
{
    /// <summary>How many messages in a row make a queue.</summary>
    public const int Queue = 256;

    private Timestamp _since;
    private int _handled;

    /// <summary>Counts the message that is being handled; zero while there is no queue.</summary>
    public TimeSpan Next()
    {
        if (_since != loop.BusySince)
        {
            _since = loop.BusySince;
            _handled = 0;
        }

        return ++_handled > Queue ? loop.Now - _since : TimeSpan.Zero;
    }
}
