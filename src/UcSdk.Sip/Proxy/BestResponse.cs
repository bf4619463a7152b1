namespace UcSdk.Sip;

/// <summary>What goes upstream when no branch took the request (RFC 3261 §16.7 steps 6 and 7).</summary>
internal static class BestResponse
{
    /// <summary>The best of the finals, complete; there is at least one.</summary>
    /// <param name="finals">All final responses, none of them a 2xx, with the caller's Vias.</param>
    /// <param name="createLocal">Makes a response of our own.</param>
    public static SipResponse Choose(IReadOnlyList<SipResponse> finals, Func<int, SipResponse> createLocal)
    {
        var best = finals.MinBy(Rank)!;
        if (best.StatusCode == StatusCode.ServiceUnavailable)
        {
            // A 503 would tell the caller that this proxy is overloaded.
            return createLocal(StatusCode.ServerInternalError);
        }

        var upstream = best.Clone();
        var others = finals.Where(final => final != best);
        if (best.StatusCode is StatusCode.Unauthorized or StatusCode.ProxyAuthenticationRequired)
        {
            AddChallenges(upstream, others);
        }
        else if (best.StatusCode is >= 300 and < 400)
        {
            AddContacts(upstream, others.Where(other => other.StatusCode is >= 300 and < 400));
        }

        return upstream;
    }

    // A 6xx, else the lowest class; inside 4xx what tells the caller how to try again.
    private static int Rank(SipResponse response) => response.StatusCode switch
    {
        >= 600 => 0,
        StatusCode.Unauthorized or StatusCode.ProxyAuthenticationRequired or StatusCode.UnsupportedMediaType or StatusCode.BadExtension
            or StatusCode.SessionIntervalTooSmall or StatusCode.IntervalTooBrief or StatusCode.AddressIncomplete => 4000,
        // Whoever was cancelled or said nothing knows less than those who refused.
        StatusCode.RequestTerminated => 4800,
        StatusCode.RequestTimeout => 4900,
        // 503 is the last choice: it says nothing about the callee.
        StatusCode.ServiceUnavailable => 9000,
        var code => (code / 100 * 1000) + 500,
    };

    // Step 7: the caller gets the challenges of all branches.
    private static void AddChallenges(SipResponse response, IEnumerable<SipResponse> others)
    {
        foreach (var other in others)
        {
            if (other.StatusCode is not (StatusCode.Unauthorized or StatusCode.ProxyAuthenticationRequired))
            {
                continue;
            }

            foreach (var name in (ReadOnlySpan<HeaderName>)[HeaderName.WwwAuthenticate, HeaderName.ProxyAuthenticate])
            {
                foreach (var challenge in other.Headers.GetAll(name))
                {
                    response.Headers.Add(name, challenge);
                }
            }
        }
    }

    // Of several redirections the caller gets all places, each once.
    private static void AddContacts(SipResponse response, IEnumerable<SipResponse> others)
    {
        var known = ContactsOf(response).Select(contact => contact.Uri).ToList();
        foreach (var (text, uri) in others.SelectMany(ContactsOf))
        {
            if (!known.Exists(uri.IsEquivalentTo))
            {
                known.Add(uri);
                response.Headers.Add(HeaderName.Contact, text);
            }
        }
    }

    private static IEnumerable<(string Text, SipUri Uri)> ContactsOf(SipResponse response)
    {
        foreach (var text in response.Headers.GetList(HeaderName.Contact))
        {
            if (NameAddr.TryParse(text, out var contact))
            {
                yield return (text, contact.Uri);
            }
        }
    }
}
