using System.Diagnostics.CodeAnalysis;

namespace UcSdk.Sip;

/// <summary>
/// Replaces: the dialog in whose place an INVITE wants to come (RFC 3891 §6.1). Its tags are those of the receiver of the INVITE (to-tag) and of
/// the peer that it talks to now (from-tag).
/// </summary>
/// <param name="CallId">The Call-ID of the dialog.</param>
/// <param name="ToTag">The receiver's own tag; <c>0</c> for a peer of RFC 2543 without one.</param>
/// <param name="FromTag">The tag of the receiver's peer; <c>0</c> for a peer of RFC 2543 without one.</param>
/// <param name="IsEarlyOnly">True when only a dialog that is still early is to be replaced.</param>
public sealed record Replaces(string CallId, string ToTag, string FromTag, bool IsEarlyOnly = false)
{
    /// <summary>The option tag (RFC 3891 §6.2).</summary>
    public const string OptionTag = "replaces";

    /// <summary>The value with which a third party asks our peer to replace this dialog of ours.</summary>
    public static Replaces Of(Dialog dialog) =>
        new(dialog.CallId, dialog.RemoteTag.Length > 0 ? dialog.RemoteTag : "0", dialog.LocalTag.Length > 0 ? dialog.LocalTag : "0");

    /// <summary>Reads a value; both tags must be there, each once, and nothing in it may end a line.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Replaces? value)
    {
        value = null;
        var rest = text.AsSpan().Trim(SipGrammar.Blanks);
        var semicolon = rest.IndexOf(';');
        if (semicolon <= 0 || !SipParameters.TryParse(rest[semicolon..], out var parameters) || parameters.HasDuplicates())
        {
            return false;
        }

        var callId = rest[..semicolon].TrimEnd();
        if (callId.IsEmpty || callId.ContainsAny(" \t\r\n,") || !SipGrammar.IsToken(parameters["to-tag"]) || !SipGrammar.IsToken(parameters["from-tag"]))
        {
            return false;
        }

        value = new(callId.ToString(), parameters["to-tag"]!, parameters["from-tag"]!, parameters.Contains("early-only"));
        return true;
    }

    /// <summary>The value as it stands in the header.</summary>
    public override string ToString() => $"{CallId};to-tag={ToTag};from-tag={FromTag}{(IsEarlyOnly ? ";early-only" : "")}";

    // RFC 3891 §6.1: a dialog without a tag is named by the tag zero.
    internal static string TagOf(string tag) => tag == "0" ? "" : tag;
}
