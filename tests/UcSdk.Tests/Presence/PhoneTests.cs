namespace UcSdk.Tests;

/// <summary>The user's phones, and who sees them.</summary>
public sealed class PhoneTests
{
    private readonly PresenceLab _lab = new();

    [Fact]
    public void A_phone_is_seen_as_far_as_its_kind_allows() => _lab.Run(async () =>
    {
        var changes = new Recorder<IReadOnlyList<Phone>>();
        using var subscription = _lab.Self.PhonesChanges.Subscribe(changes);
        await _lab.Self.SetPhoneAsync(ContactEndpointType.MobilePhone, "+1 (425) 555-0199", publish: true);
        Assert.Equal(["contactCard 5 in 1 v0 static", "contactCard 5 in 300 v0 static", "contactCard 5 in 400 v0 static"], _lab.Script.Log);
        Assert.Contains(
            "<phone type=\"mobile\"><uri>tel:+14255550199</uri><displayString>+1 (425) 555-0199</displayString></phone>", _lab.Script.Kept[("contactCard", 5, 400)].Content, StringComparison.Ordinal);

        await _lab.Self.SetPhoneAsync(ContactEndpointType.HomePhone, "+14255550111", publish: false);
        Assert.Equal(["contactCard 5 in 1 v1 static"], _lab.Script.Log[3..]);
        Assert.Equal(
            [new Phone(ContactEndpointType.MobilePhone, "tel:+14255550199", "+1 (425) 555-0199", true, true), new Phone(ContactEndpointType.HomePhone, "tel:+14255550111", "+14255550111", false, true)],
            _lab.Self.Phones);

        await _lab.Self.SetPhoneAsync(ContactEndpointType.MobilePhone, "+14255550199", publish: false);
        Assert.Equal(["contactCard 5 in 1 v2 static", "contactCard 5 in 300 v1 gone", "contactCard 5 in 400 v1 gone"], _lab.Script.Log[4..]);
        await _lab.Self.RemovePhoneAsync(ContactEndpointType.MobilePhone);
        await _lab.Self.RemovePhoneAsync(ContactEndpointType.HomePhone);
        await _lab.Self.RemovePhoneAsync(ContactEndpointType.HomePhone);
        await _lab.DelayAsync(0.1);

        Assert.Equal(["contactCard 5 in 1 v3 static", "contactCard 5 in 1 v4 gone"], _lab.Script.Log[7..]);
        Assert.Equal(5, changes.Items.Count);
        Assert.Empty(_lab.Self.Phones);
    });

    [Fact]
    public void The_phone_of_the_directory_is_shown_and_stays() => _lab.Run(async () =>
    {
        _lab.Script.Keep("contactCard", 0, 200, "<contactCard xmlns=\"http://schemas.microsoft.com/2006/09/sip/contactcard\"><phone type=\"work\"><uri>tel:+14255550100</uri></phone></contactCard>");
        await _lab.Script.NotifyAsync("contactCard");
        await _lab.DelayAsync(0.1);

        Assert.Equal(new Phone(ContactEndpointType.WorkPhone, "tel:+14255550100", "tel:+14255550100", true, false), _lab.Self.GetPhone(ContactEndpointType.WorkPhone));
        Assert.Equal((false, true, false), (_lab.Self.CanSetPhone(ContactEndpointType.WorkPhone), _lab.Self.CanSetPhone(ContactEndpointType.HomePhone), _lab.Self.CanSetPhone(ContactEndpointType.Lync)));
        await Assert.ThrowsAsync<InvalidStateException>(async () => await _lab.Self.SetPhoneAsync(ContactEndpointType.WorkPhone, "+1", publish: true));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _lab.Self.SetPhoneAsync(ContactEndpointType.VoiceMail, "+1", publish: true));
        await Assert.ThrowsAsync<ArgumentException>(async () => await _lab.Self.SetPhoneAsync(ContactEndpointType.HomePhone, "at home", publish: true));
    });

    [Fact]
    public void A_phone_that_another_endpoint_sets_at_the_same_time_stays() => _lab.Run(async () =>
    {
        var races = 1;
        _lab.Script.BeforePublish = () =>
        {
            if (races-- > 0)
            {
                _lab.Script.Keep("contactCard", 5, 1, "<contactCard xmlns=\"http://schemas.microsoft.com/2006/09/sip/contactcard\"><phone type=\"other\"><uri>tel:+19</uri></phone></contactCard>");
            }
        };

        var setting = _lab.Self.SetPhoneAsync(ContactEndpointType.HomePhone, "+14255550111", publish: false);
        await _lab.DelayAsync(0.03);
        await _lab.Script.NotifyAsync("contactCard");
        await setting;

        Assert.Equal(["conflict", "contactCard 5 in 1 v1 static"], _lab.Script.Log);
        Assert.Equal([ContactEndpointType.OtherPhone, ContactEndpointType.HomePhone], _lab.Self.Phones.Select(phone => phone.Type));
    });
}
