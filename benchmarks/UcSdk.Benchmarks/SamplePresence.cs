namespace UcSdk.Benchmarks;

/// <summary>What a watcher is told when a contact becomes busy: its state, note and card, as servers write them.</summary>
internal static class SamplePresence
{
    public const string Text =
        """
        <categories xmlns="http://schemas.microsoft.com/2006/09/sip/categories" uri="sip:bob@contoso.com"><category name="state" instance="1" publishTime="2011-01-01T10:00:00.123"><state xsi:type="aggregateState" lastActive="2011-01-01T09:59:31.4" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns="http://schemas.microsoft.com/2006/09/sip/state"><availability>6500</availability><activity token="in-a-meeting" minAvailability="6500" maxAvailability="8999"/><endpointLocation>office</endpointLocation><delimiter xmlns="http://schemas.microsoft.com/2006/09/sip/commontypes"/><timeZoneBias>420</timeZoneBias><timeZoneName>Pacific Daylight Time</timeZoneName><timeZoneAbbreviation>PDT</timeZoneAbbreviation><device>computer</device><end xmlns="http://schemas.microsoft.com/2006/09/sip/commontypes"/></state></category><category name="note" instance="0" publishTime="2011-01-01T10:00:00.123"><note xmlns="http://schemas.microsoft.com/2006/09/sip/note"><body type="personal" uri="">Back at eleven</body></note></category><category name="contactCard" instance="0" publishTime="2011-01-01T08:00:00"><contactCard xmlns="http://schemas.microsoft.com/2006/09/sip/contactcard"><identity><name><displayName>Bob Barr</displayName></name><email>bob@contoso.com</email></identity><company>Contoso</company><title>Senior Employee</title><phone type="work"><uri>tel:+14255550100</uri><displayString>+1 (425) 555-0100</displayString></phone></contactCard></category></categories>
        """;
}
