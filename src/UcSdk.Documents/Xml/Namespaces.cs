namespace UcSdk.Documents;

/// <summary>The XML namespaces of the documents and the prefixes under which they are written (docs/decisions/0003).</summary>
internal static class Namespaces
{
    public const string C3p = "urn:ietf:params:xml:ns:cccp";
    public const string C3pExtensions = "http://schemas.microsoft.com/rtc/2005/08/cccpextensions";
    public const string ConferenceInfo = "urn:ietf:params:xml:ns:conference-info";
    public const string ConferenceInfoExtensions = "http://schemas.microsoft.com/rtc/2005/08/confinfoextensions";
    public const string ConferenceInfoExtensions2 = "http://schemas.microsoft.com/rtc/2008/12/confinfoextensions";
    public const string Separator = "urn:ietf:params:xml:ns:conference-info-separator";
    public const string ProvisioningRequest = "http://schemas.microsoft.com/2006/09/sip/provisioninggrouplist";
    public const string ProvisioningNotification = "http://schemas.microsoft.com/2006/09/sip/provisiongrouplist-notification";

    public const string LocationProfile = "http://schemas.microsoft.com/2007/03/LocationProfileDescription";

    public const string Categories = "http://schemas.microsoft.com/2006/09/sip/categories";
    public const string CategoryList = "http://schemas.microsoft.com/2006/09/sip/categorylist";
    public const string BatchSubscribe = "http://schemas.microsoft.com/2006/01/sip/batch-subscribe";
    public const string AdhocList = "urn:ietf:params:xml:ns:adrl";
    public const string ResourceList = "urn:ietf:params:xml:ns:rlmi";
    public const string RoamingSelf = "http://schemas.microsoft.com/2006/09/sip/roaming-self";
    public const string Containers = "http://schemas.microsoft.com/2006/09/sip/containers";
    public const string ContainerManagement = "http://schemas.microsoft.com/2006/09/sip/container-management";
    public const string PresenceSubscribers = "http://schemas.microsoft.com/2006/09/sip/presence-subscribers";
    public const string Delegates = "http://schemas.microsoft.com/2007/09/sip/delegates";
    public const string RichPresence = "http://schemas.microsoft.com/2006/09/sip/rich-presence";
    public const string PresenceState = "http://schemas.microsoft.com/2006/09/sip/state";
    public const string CustomStates = "http://schemas.microsoft.com/09/2009/communicator/customStates";
    public const string PresenceNote = "http://schemas.microsoft.com/2006/09/sip/note";
    public const string ContactCard = "http://schemas.microsoft.com/2006/09/sip/contactcard";
    public const string DeviceCapabilities = "http://schemas.microsoft.com/2006/09/sip/device";
    public const string ServiceCapabilities = "http://schemas.microsoft.com/2006/09/sip/service";
    public const string CalendarData = "http://schemas.microsoft.com/2006/09/sip/calendarData";
    public const string ExchangeTypes = "http://schemas.microsoft.com/exchange/services/2006/types";
    public const string Routing = "http://schemas.microsoft.com/02/2006/sip/routing";
    public const string Pidf = "urn:ietf:params:xml:ns:pidf";
    public const string Rpid = "urn:ietf:params:xml:ns:pidf:rpid";
    public const string PidfDataModel = "urn:ietf:params:xml:ns:pidf:data-model";
    public const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";
    public const string DeliveryNotification = "http://schemas.microsoft.com/rtc/2005/08/imdn";
    public const string DispositionNotification = "urn:ietf:params:xml:ns:imdn";
    public const string IsComposing = "urn:ietf:params:xml:ns:im-iscomposing";
    public const string ConversationContext = "http://schemas.microsoft.com/2008/03/sip/conversationContext";

    /// <summary>What we add to it.</summary>
    public const string OwnContext = "urn:ucsdk:conversation-context";

    public const string Soap = "http://schemas.xmlsoap.org/soap/envelope/";
    public const string SoapEncoding = "http://schemas.xmlsoap.org/soap/encoding/";

    /// <summary>What clients of Live Communications Server and later ask for by SOAP over SIP ([MS-SIP] §9).</summary>
    public const string SipService = "http://schemas.microsoft.com/winrtc/2002/11/sip";

    /// <summary>The web services of the address book ([MS-ABS], [MS-DLX]).</summary>
    public const string AddressBook = "DistributionListExpander";

    // The web services: WS-Trust 1.3, WS-Addressing 1.0, WS-Security 1.0, WS-SecurityPolicy 1.2, WSDL 1.1, and what [MS-OCAUTHWS] adds.
    public const string Trust = "http://docs.oasis-open.org/ws-sx/ws-trust/200512";
    public const string Addressing = "http://www.w3.org/2005/08/addressing";
    public const string Policy = "http://schemas.xmlsoap.org/ws/2004/09/policy";
    public const string Security = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    public const string SecurityUtility = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
    public const string SecurityPolicy = "http://docs.oasis-open.org/ws-sx/ws-securitypolicy/200702";
    public const string Claims = "http://schemas.xmlsoap.org/ws/2006/12/authorization";
    public const string Saml = "urn:oasis:names:tc:SAML:1.0:assertion";
    public const string Wsdl = "http://schemas.xmlsoap.org/wsdl/";
    public const string WsdlSoap = "http://schemas.xmlsoap.org/wsdl/soap/";
    public const string WebAuthentication = "urn:component:Microsoft.Rtc.WebAuthentication.2010";

    /// <summary>The namespace in which XML readers show namespace declarations.</summary>
    public const string Declarations = "http://www.w3.org/2000/xmlns/";

    /// <summary>The namespace of xml:lang and its like, whose prefix is never declared.</summary>
    public const string Xml = "http://www.w3.org/XML/1998/namespace";

    /// <summary>Whether the namespace is one of those that presence is published in.</summary>
    public static bool IsPublished(string ns) => ns.StartsWith("http://schemas.microsoft.com/", StringComparison.Ordinal);

    /// <summary>The prefix by which peers know the namespace; null when it has none of its own.</summary>
    public static string? PrefixOf(string ns) => ns switch
    {
        C3p => "c3p",
        C3pExtensions => "mscp",
        ConferenceInfo => "ci",
        ConferenceInfoExtensions => "msci",
        ConferenceInfoExtensions2 => "msci2",
        Separator => "cis",
        SchemaInstance => "xsi",
        Rpid => "rpid",
        PidfDataModel => "dm",
        Soap => "SOAP-ENV",
        SoapEncoding => "soapenc",
        SipService => "m",
        AddressBook => "q1",
        Trust => "wst",
        Addressing => "wsa",
        Policy => "wsp",
        Security => "wsse",
        SecurityUtility => "wsu",
        SecurityPolicy => "sp",
        Claims => "auth",
        Saml => "saml",
        Wsdl => "wsdl",
        WsdlSoap => "soap",
        WebAuthentication => "af",
        Xml => "xml",
        _ => null,
    };
}
