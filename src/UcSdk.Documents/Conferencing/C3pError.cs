namespace UcSdk.Documents;

/// <summary>
/// Why a request to a conference is refused in SIP, instead of being answered in C3P: the ErrorId of the header ms-diagnostics and the
/// status of the response ([MS-OCER] §7.4 and §8.8). The ids are the specification's; the statuses and the words are ours, since it
/// leaves both to the server.
/// </summary>
/// <param name="Id">The ErrorId.</param>
/// <param name="SipStatus">The SIP status code, 400 to 699.</param>
/// <param name="Reason">The reason for people.</param>
public sealed record C3pError(int Id, int SipStatus, string Reason)
{
    /// <summary>The attribute <c>from</c> is not the sender.</summary>
    public static readonly C3pError FromInvalid = new(3000, 400, "The C3P from attribute is not the sender of the request");

    /// <summary>The attribute <c>to</c> is not where the request went.</summary>
    public static readonly C3pError ToInvalid = new(3001, 400, "The C3P to attribute is not the target of the request");

    /// <summary>The user that the command is about is invalid.</summary>
    public static readonly C3pError TargetUserInvalid = new(3002, 400, "The target user is invalid");

    /// <summary>The conference that the command names is not the one the request went to.</summary>
    public static readonly C3pError ConferenceEntityInvalid = new(3003, 400, "The confEntity of the request is invalid");

    /// <summary>The command is not implemented; this one travels in ms-diagnostics-public.</summary>
    public static readonly C3pError CommandNotImplemented = new(3004, 501, "The command is not implemented");

    /// <summary>The request may not address a part of the conference.</summary>
    public static readonly C3pError McuNotAllowed = new(3005, 400, "This request may not address an MCU");

    /// <summary>The body could not be read.</summary>
    public static readonly C3pError XmlInvalid = new(3006, 400, "The C3P body could not be parsed");

    /// <summary>The addUser command could not be read.</summary>
    public static readonly C3pError AddUserInvalid = new(3007, 400, "The addUser command is invalid");

    /// <summary>A client filled in the access or the authentication method.</summary>
    public static readonly C3pError MethodNotAcceptable = new(3008, 400, "Clients must leave the access and authentication methods empty");

    /// <summary>The key of the endpoint is malformed.</summary>
    public static readonly C3pError EndpointInvalid = new(3009, 400, "The endpoint entity is malformed");

    /// <summary>The session timer extension is missing.</summary>
    public static readonly C3pError SessionTimerMissing = new(3010, 421, "The session timer extension is required");

    /// <summary>The header Ms-Mcu-Contact could not be processed.</summary>
    public static readonly C3pError McuContactInvalid = new(3011, 400, "The Ms-Mcu-Contact header could not be processed");

    /// <summary>There is no conference with the URI.</summary>
    public static readonly C3pError ConferenceUriInvalid = new(3012, 404, "The conference URI is invalid");

    /// <summary>The conference has no part with the URI.</summary>
    public static readonly C3pError McuUriInvalid = new(3013, 404, "The MCU URI is invalid");

    /// <summary>The sender may not do this.</summary>
    public static readonly C3pError NotAuthorized = new(3014, 403, "The sender is not authorized");

    /// <summary>An attendee may not have others called.</summary>
    public static readonly C3pError AttendeeDialOutForbidden = new(3015, 403, "Attendees may not dial out to others");

    /// <summary>There is no such role.</summary>
    public static readonly C3pError RoleInvalid = new(3016, 400, "The role is invalid");

    /// <summary>The audio and video part has too many conferences.</summary>
    public static readonly C3pError TooManyMeetings = new(7000, 503, "Too many meetings");

    /// <summary>The media relay is not available.</summary>
    public static readonly C3pError RelayUnavailable = new(7001, 503, "The media relay service is unavailable");

    /// <summary>The part does not know the conference.</summary>
    public static readonly C3pError ConferenceUnknownToMcu = new(7002, 404, "The conference is unknown to the MCU");

    /// <summary>An INVITE to the client was not answered in time.</summary>
    public static readonly C3pError InviteTimedOut = new(7003, 408, "The INVITE transaction timed out");

    /// <summary>The body is not plain SDP.</summary>
    public static readonly C3pError ContentTypeNotSupported = new(7004, 415, "Only application/sdp bodies are supported");

    /// <summary>The request is malformed or comes at the wrong time.</summary>
    public static readonly C3pError RequestOutOfOrder = new(7005, 400, "The request is malformed or out of order");

    /// <summary>The user is not in a conference of this part.</summary>
    public static readonly C3pError NoConferenceForUser = new(7006, 403, "The user has no provisioned conference");

    /// <summary>The user is there already and may not be replaced.</summary>
    public static readonly C3pError ReplacementRefused = new(7007, 403, "An existing user may not be replaced");

    /// <summary>The SDP could not be read.</summary>
    public static readonly C3pError SdpInvalid = new(7008, 488, "Error parsing SDP");

    /// <summary>The connection address of the SDP is one of IPv6, which is refused.</summary>
    public static readonly C3pError Ipv6Refused = new(7009, 488, "IPv6 connection addresses are refused");

    /// <summary>The SDP lacks what the part needs.</summary>
    public static readonly C3pError SdpIncomplete = new(7010, 488, "The SDP lacks a required field");

    /// <summary>The refusal of a request whose body could not be read.</summary>
    /// <param name="error">What <see cref="C3pRequest.TryRead"/> found.</param>
    public static C3pError Of(DocumentError error) =>
        error.Where is { } where && where.StartsWith("request/addUser/", StringComparison.Ordinal) ? AddUserInvalid : XmlInvalid;
}
