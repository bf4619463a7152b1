using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server.Tests;

/// <summary>What is found under an address is kept until one of its bindings changes, and never longer.</summary>
public sealed class BindingStoreTests
{
    private const string Alice = "sip:alice@contoso.test";
    private const string Gruu = Alice + ";opaque=user:epid:Q1De4AWnzFm;gruu";

    private readonly BindingStore _bindings = new();

    [Fact]
    public void A_refresh_is_seen_under_every_key()
    {
        _bindings.Put(Create("desk", 1, Gruu));
        Assert.Equal([1u], Sequences(_bindings.OfUser(Alice)));
        Assert.Equal([1u], Sequences(_bindings.OfGruu(SipUri.Parse(Gruu))));
        Assert.Equal([1u], Sequences(_bindings.OnFlow(Flow)));

        _bindings.Put(Create("desk", 2, Gruu));
        Assert.Equal([2u], Sequences(_bindings.OfUser(Alice)));
        Assert.Equal([2u], Sequences(_bindings.OfGruu(SipUri.Parse(Gruu))));
        Assert.Equal([2u], Sequences(_bindings.OnFlow(Flow)));

        _bindings.Put(Create("phone", 3, null));
        Assert.Equal([2u, 3u], Sequences(_bindings.OfUser(Alice)));
        Assert.Equal([2u, 3u], Sequences(_bindings.OnFlow(Flow)));
    }

    [Fact]
    public void What_is_gone_is_found_no_more()
    {
        _bindings.Put(Create("desk", 1, Gruu));
        _bindings.Put(Create("phone", 2, null));
        Assert.Equal(2, _bindings.OfUser(Alice).Count);
        Assert.Single(_bindings.OfGruu(SipUri.Parse(Gruu)));

        Assert.True(_bindings.Remove(new(Alice, "desk"), out _));

        Assert.Equal([2u], Sequences(_bindings.OfUser(Alice)));
        Assert.Equal([2u], Sequences(_bindings.OnFlow(Flow)));
        Assert.Empty(_bindings.OfGruu(SipUri.Parse(Gruu)));
        Assert.False(_bindings.TryGetByContact(SipUri.Parse("sip:desk@192.0.2.7"), out _));
    }

    [Fact]
    public void An_endpoint_is_found_by_its_gruu_as_it_was_told_and_as_others_write_it()
    {
        _bindings.Put(Create("desk", 1, Gruu));

        Assert.Single(_bindings.OfGruu(SipUri.Parse(Gruu)));
        Assert.Single(_bindings.OfGruu(SipUri.Parse("sip:ALICE@contoso.test;gruu;opaque=user:epid:Q1De4AWnzFm")));
        Assert.Empty(_bindings.OfGruu(SipUri.Parse(Gruu.Replace("Q1", "q1", StringComparison.Ordinal))));
    }

    [Fact]
    public void A_contact_is_found_in_any_case_and_length()
    {
        var contact = $"sip:desk@192.0.2.7;x={new string('y', 300)}";
        _bindings.Put(Create("desk", 1, null) with { Contact = new NameAddr(SipUri.Parse(contact)) });

        Assert.True(_bindings.TryGetByContact(SipUri.Parse(contact.ToUpperInvariant()), out var found));
        Assert.Equal(1u, found.CSeq);
        Assert.False(_bindings.TryGetByContact(SipUri.Parse(contact + "z"), out _));
    }

    private static SipFlow Flow { get; } = new("TCP", new("TCP", "sip.contoso.test", 5060), new("TCP", "192.0.2.7", 50000), isReliable: true, isOutgoing: false);

    private static uint[] Sequences(IReadOnlyList<Binding> bindings) => [.. bindings.Select(binding => binding.CSeq)];

    private static Binding Create(string instance, uint sequence, string? gruu) => new()
    {
        Id = new(Alice, instance),
        Contact = new NameAddr(SipUri.Parse($"sip:{instance}@192.0.2.7")),
        Gruu = gruu is null ? null : SipUri.Parse(gruu),
        Epid = null,
        Flow = Flow,
        CallId = "c1",
        CSeq = sequence,
        Due = new Timestamp(1),
    };
}
