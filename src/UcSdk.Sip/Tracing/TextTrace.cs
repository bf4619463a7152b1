using System.Globalization;
using System.Text;

namespace UcSdk.Sip;

/// <summary>
/// Writes a readable trace: for each message a line with time, direction and ends, then start line and headers. Bodies, credentials and
/// keys are shown only when asked for: they hold names, conversations and secrets.
/// </summary>
/// <param name="writer">Takes the text; the caller owns it. One message is one call, so a writer that several endpoints share must be
/// synchronised (<see cref="TextWriter.Synchronized"/>).</param>
public sealed class TextTrace(TextWriter writer) : ISipTraceSink
{
    /// <summary>True to write text bodies; secrets in them stay hidden unless <see cref="ShowSecrets"/>. Default false.</summary>
    public bool ShowBodies { get; init; }

    /// <summary>True to write credentials, SRTP keys and passwords as they are. Default false. Never for a file that leaves the machine.</summary>
    public bool ShowSecrets { get; init; }

    /// <inheritdoc/>
    public void Message(SipTraceEntry entry)
    {
        var text = new StringBuilder(512);
        text.Append(CultureInfo.InvariantCulture, $"--- {entry.Time:yyyy-MM-dd HH:mm:ss.fff} {entry.Direction} {entry.From} → {entry.To}").AppendLine();
        if (entry.Message is { } message)
        {
            TraceRedactor.AppendHead(text, message, ShowSecrets);
            TraceRedactor.AppendBody(text, message, ShowBodies, ShowSecrets);
        }
        else
        {
            text.Append(CultureInfo.InvariantCulture, $"[{entry.Bytes.Length} unreadable bytes]").AppendLine();
        }

        text.AppendLine();
        writer.Write(text.ToString());
    }
}
