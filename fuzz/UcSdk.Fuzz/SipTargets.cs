using System.Text;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Fuzz;

/// <summary>The targets of the SIP floor.</summary>
internal static class SipTargets
{
    private static readonly SipLimits Limits = new() { MaxHeaderBytes = 16 * 1024, MaxHeaders = 64, MaxBodyBytes = 16 * 1024 };

    public static readonly FuzzTarget Message = new("sip-message", "sip", RunMessage, random => new SipGenerator(random).Message());

    public static readonly FuzzTarget Framer = new("sip-framer", "sip", RunFramer, Stream);

    public static readonly FuzzTarget Uri = new("sip-uri", "none", RunUri, random => new SipGenerator(random).Uri());

    public static readonly FuzzTarget Header = new("sip-header", "none", RunHeader, HeaderLine);

    /// <summary>How many bytes may be looked at for an input of that size: 8 times each, and what a handful of tiny reads needs.</summary>
    public static long VisitsOf(int size) => 64 + (8L * size);

    // Whatever is taken for a message can be looked at from all sides, copied, answered, written, and read again as the same.
    private static void RunMessage(byte[] input, RandomSource random)
    {
        var visitedBefore = ScanMeter.Visited;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var isMessage = SipMessage.TryParse(input, Limits, out var message, out var error);
        _ = message is SipRequest taken && taken.TryValidate(out _);
        var visited = ScanMeter.Visited - visitedBefore;
        if (message is not null)
        {
            ReadValues(message);
        }

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        FuzzFinding.Require(visited <= VisitsOf(input.Length), $"looks at no byte more than 8 times, not {visited} for {input.Length}");
        FuzzFinding.Require(allocated <= 4096 + (20L * input.Length), $"allocates at most 4 kB and 20 times the size, not {allocated} for {input.Length}");
        FuzzFinding.Require(isMessage == (message is not null) && isMessage == (error == default), "a message or an error, never both");
        BadRequestReply.TryCreate(input, error, out _);
        if (message is null)
        {
            return;
        }

        Look(message);
        RequireSame(message, message.ToBytes());
        if (message is SipRequest request)
        {
            var answerable = request.TryValidate(out _);
            Look(request.CreateResponse(200, null, "tag"));
            RequireSame(request, request.Clone().ToBytes());
            FuzzFinding.Require(!answerable || request.CreateResponse(200, null, "tag").To?.Tag is not null, "the answer to a valid request has a To tag");
        }
    }

    private static void ReadValues(SipMessage message)
    {
        _ = (message.TopVia?.Branch, message.From?.Tag, message.To?.Tag, message.Contact?.Uri, message.CSeq, message.CallId);
    }

    private static byte[] Stream(RandomSource random)
    {
        var generator = new SipGenerator(random);
        return [.. Enumerable.Range(0, 1 + random.Next(3)).SelectMany(_ => random.Next(4) == 0 ? "\r\n\r\n"u8.ToArray() : generator.Message())];
    }

    private static void RunUri(byte[] input, RandomSource random)
    {
        var before = ScanMeter.Visited;
        var text = Encoding.UTF8.GetString(input);
        var isUri = SipUri.TryParse(text, out var uri);
        var (visited, size) = (ScanMeter.Visited - before, Encoding.UTF8.GetByteCount(text));
        FuzzFinding.Require(visited <= VisitsOf(size), $"looks at no byte more than 8 times, not {visited} for {size}");
        if (isUri)
        {
            LookAt(uri!);
            FuzzFinding.Require(SipUri.TryParse(uri!.Text, out var again) && again.Equals(uri), $"a URI survives: {uri}");
        }
    }

    // A value of one header goes to its own reader and then, as it may come in any message, to all others.
    private static void RunHeader(byte[] input, RandomSource random)
    {
        // As it comes out of a message: on one line.
        var text = Encoding.UTF8.GetString(input).Replace('\r', ' ').Replace('\n', ' ');
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var value = colon < 0 ? text : text[(colon + 1)..].Trim();
        var own = colon < 0 ? null : HeaderTarget.All.FirstOrDefault(target => target.Name.Text.Equals(text[..colon], StringComparison.Ordinal));
        foreach (var target in own is null ? HeaderTarget.All : [own])
        {
            target.Run(value);
        }

        LookAt(value);
        FuzzFinding.Require(
            !RegistrationEvent.TryRead(input, out var said, out _) || (RegistrationEvent.TryRead(said.ToBytes(), out var again, out _) && again == said),
            "what a registrar says survives");
    }

    private static byte[] HeaderLine(RandomSource random)
    {
        var target = HeaderTarget.All[random.Next(HeaderTarget.All.Count)];
        return Encoding.UTF8.GetBytes($"{target.Name}: {target.Generate(new SipGenerator(random))}");
    }

    // However a stream is cut, the same things come out of it.
    private static void RunFramer(byte[] input, RandomSource random)
    {
        var before = ScanMeter.Visited;
        var whole = Frame(input, () => input.Length);
        var visited = ScanMeter.Visited - before;
        FuzzFinding.Require(visited <= VisitsOf(input.Length), $"looks at no byte more than 8 times, not {visited} for {input.Length}");
        var pieces = Frame(input, () => 1 + random.Next(40));
        FuzzFinding.Require(whole.SequenceEqual(pieces), "the same frames in any fragmentation");
    }

    private static List<string> Frame(byte[] input, Func<int> nextLength)
    {
        var framer = new MessageFramer(Limits);
        var frames = new List<string>();
        for (var at = 0; at < input.Length;)
        {
            var length = Math.Min(nextLength(), input.Length - at);
            framer.Append(input.AsSpan(at, length));
            at += length;
            FrameKind kind;
            while ((kind = framer.TryRead(out var message)) is not (FrameKind.Incomplete or FrameKind.Broken))
            {
                frames.Add($"{kind} {Convert.ToHexString(message.Span)}");
            }

            if (kind == FrameKind.Broken)
            {
                frames.Add("Broken");
                break;
            }
        }

        return frames;
    }

    private static void RequireSame(SipMessage message, byte[] bytes)
    {
        FuzzFinding.Require(SipMessage.TryParse(bytes, SipLimits.Unlimited, out var again, out var error), $"what was written can be read: {error}");
        FuzzFinding.Require(again!.ToString() == message.ToString(), "the start line survives");
        FuzzFinding.Require(again.Headers.SequenceEqual(message.Headers), "the headers survive");
        FuzzFinding.Require(again.Body.Span.SequenceEqual(message.Body.Span), "the body survives");
    }

    private static void Look(SipMessage message)
    {
        _ = (message.TopVia?.ToString(), message.From?.ToString(), message.To?.ToString(), message.Contact?.ToString(), message.CSeq?.ToString());
        _ = (message.CallId, message.ContentType, message.BodyText, (message as SipRequest)?.MaxForwards, MsDiagnostics.Of(message));
        foreach (var header in message.Headers)
        {
            foreach (var item in message.Headers.GetList(header.Name))
            {
                LookAt(item);
            }
        }
    }

    private static void LookAt(string text)
    {
        if (NameAddr.TryParse(text, out var address))
        {
            FuzzFinding.Require(NameAddr.TryParse(address.ToString(), out var again) && again.Uri.Equals(address.Uri), $"an address survives: {text}");
            LookAt(address.Uri);
        }

        if (Via.TryParse(text, out var via))
        {
            FuzzFinding.Require(Via.TryParse(via.ToString(), out var again) && again.SentBy == via.SentBy, $"a Via survives: {text}");
        }

        _ = CSeq.TryParse(text, out _);
        _ = MsDiagnostics.TryParse(text, out _);
        _ = MsKeepAlive.TryParse(text, out _);
        _ = SubscriptionStateHeader.TryParse(text, out _);
        _ = InstanceId.TryParse(text, out _);
        _ = SipTransportAddress.TryParse(text, out _);
    }

    private static void LookAt(SipUri uri)
    {
        _ = uri.AddressOfRecord;
        _ = uri.IsEquivalentTo(uri.WithParameter("lr"));
        _ = uri.WithParameter("lr").WithoutParameter("lr");
        _ = Gruu.TryParse(uri, out _);
        FuzzFinding.Require(uri.IsEquivalentTo(uri), $"a URI is equivalent to itself: {uri}");
    }
}
