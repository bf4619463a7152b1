namespace UcSdk.Simulation.Tests;

/// <summary>What must hold of a day of instant messages once it is quiet.</summary>
internal static class MessageRules
{
    // A request over a connection that died without a word is given up after 32 s; the IM MCU's report is waited for for 40 s, and it gives two of them to a participant that does not answer.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(75);

    // From who leaves to the server and on to the sender, each in a fifth of a second at most, and what the server takes for it.
    private static readonly TimeSpan News = TimeSpan.FromSeconds(1);

    /// <exception cref="DisagreementException">A rule is broken.</exception>
    public static void Require(MessageHistory history)
    {
        var faults = Check(history).ToArray();
        if (faults.Length > 0)
        {
            throw new DisagreementException($"{faults.Length} faults: {string.Join("; ", faults.Take(12))}");
        }
    }

    /// <summary>How many messages have a recipient of whom nobody knows, where nobody's leaving is the cause.</summary>
    public static int CountUnconfirmed(MessageHistory history) => history.Said.Count(said => Doubts(said).Any(doubt => !IsByDeparture(history, said, doubt.Recipient, doubt.At)));

    /// <summary>How many messages have such a recipient where its own leaving is a cause.</summary>
    public static int CountLeftBehind(MessageHistory history) => history.Said.Count(said => Doubts(said).Any(doubt => IsByDeparture(history, said, doubt.Recipient, doubt.At)));

    private static IEnumerable<(RecipientDelivery Recipient, TimeSpan At)> Doubts(SaidMessage said) =>
        said.Results.SelectMany(result => result.Recipients.Where(recipient => recipient.Outcome == DeliveryOutcome.Unconfirmed).Select(recipient => (recipient, result.At)));

    // Whoever leaves may have seen what the server was handing to them at that moment; and whoever does not know of it yet counts on them.
    private static bool IsByDeparture(MessageHistory history, SaidMessage said, RecipientDelivery recipient, TimeSpan at) =>
        history.Departures.Exists(departure => departure.Who == recipient.Uri && departure.From <= at && departure.To + News >= said.At);

    private static IEnumerable<string> Check(MessageHistory history) =>
        [.. history.Offences, .. CheckShown(history), .. CheckOrder(history), .. CheckResults(history), .. CheckTruth(history), .. CheckUnconfirmed(history)];

    private static IEnumerable<string> CheckShown(MessageHistory history)
    {
        foreach (var shown in history.Shown.GroupBy(shown => (shown.Host, shown.Text)))
        {
            var first = shown.First();
            if (shown.Count() > 1)
            {
                yield return $"{first.Text} was shown {shown.Count()} times to {first.Recipient}, at {string.Join(", ", shown.Select(one => one.At))}";
            }

            if (history.Find(first.Text) is not { IsRefused: false } said)
            {
                yield return $"{first.Text}, which was never sent, was shown to {first.Recipient}";
            }
            else if (shown.Any(one => one.Sender != said.Sender))
            {
                yield return $"{first.Text} of {said.Sender} was shown to {first.Recipient} as one of {first.Sender}";
            }
        }
    }

    private static IEnumerable<string> CheckOrder(MessageHistory history)
    {
        var last = new Dictionary<(string Sender, string Host), SaidMessage>();
        foreach (var shown in history.Shown)
        {
            if (history.Find(shown.Text) is { } said)
            {
                var before = last.GetValueOrDefault((said.Sender, shown.Host));
                if (before is not null && before.Number > said.Number)
                {
                    yield return $"{said.Text} was shown to {shown.Recipient} after {before.Text}, at {shown.At}";
                }

                last[(said.Sender, shown.Host)] = said;
            }
        }
    }

    private static IEnumerable<string> CheckResults(MessageHistory history)
    {
        foreach (var said in history.Said)
        {
            if (said.Results.Count != (said.IsRefused ? 0 : 1))
            {
                yield return $"{said.Text}, said at {said.At}, has {said.Results.Count} results{(said.IsRefused ? " and was refused" : "")}";
            }

            foreach (var (recipients, _) in said.Results)
            {
                var named = recipients.Select(recipient => recipient.Uri).ToArray();
                if (named.Distinct().Count() != named.Length || named.Contains(said.Sender))
                {
                    yield return $"{said.Text} has results of {string.Join(' ', named)}";
                }

                // While a conversation becomes a conference, messages go to the other person as before.
                var isToPeer = said.Peer is { } peer && named is [var only] && only == peer;
                if (!isToPeer && said.Recipients.Except(named).ToArray() is { Length: > 0 } missed)
                {
                    yield return $"{said.Text} has no result of {string.Join(' ', missed)}";
                }
            }
        }
    }

    private static IEnumerable<string> CheckTruth(MessageHistory history)
    {
        var seen = history.Shown.Select(shown => (shown.Recipient, shown.Text)).ToHashSet();
        foreach (var said in history.Said)
        {
            foreach (var (recipients, at) in said.Results)
            {
                foreach (var recipient in recipients)
                {
                    var isShown = seen.Contains((recipient.Uri, said.Text));
                    if (recipient.Outcome == DeliveryOutcome.Delivered && !isShown)
                    {
                        yield return $"{said.Text} ({said.At}) was delivered ({at}) to {recipient.Uri} and never shown there";
                    }
                    else if (recipient.Outcome == DeliveryOutcome.Failed && isShown)
                    {
                        var when = history.Shown.First(shown => shown.Recipient == recipient.Uri && shown.Text == said.Text).At;
                        yield return $"{said.Text} ({said.At}) failed ({at}, {recipient.StatusCode} {recipient.ReasonPhrase}) at {recipient.Uri} and was shown there at {when}";
                    }
                }
            }
        }
    }

    private static IEnumerable<string> CheckUnconfirmed(MessageHistory history)
    {
        var unconfirmed = CountUnconfirmed(history);
        if (unconfirmed > 0 && unconfirmed >= history.Troubles.Count)
        {
            yield return $"{unconfirmed} messages are unconfirmed, and only {history.Troubles.Count} connections were hit";
        }

        foreach (var said in history.Said)
        {
            foreach (var (recipient, at) in Doubts(said))
            {
                if (!IsByDeparture(history, said, recipient, at)
                    && !history.Troubles.Exists(trouble => (trouble.Who == said.Sender || trouble.Who == recipient.Uri) && trouble.From <= at && trouble.To >= said.At - Aftermath))
                {
                    yield return $"{said.Text} ({said.At}) is unconfirmed ({at}, {recipient.StatusCode} {recipient.ReasonPhrase}) at {recipient.Uri}, and no connection was in trouble";
                }
            }
        }
    }
}
