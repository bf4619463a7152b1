using System.Globalization;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>
/// Who may register here, and who must go elsewhere ([MS-SIPREGE] §3.1.2.5.1): asked about every REGISTER that binds something. Who takes a binding away
/// is never refused.
/// </summary>
internal sealed class RegistrationPolicy(RegistrarOptions options)
{
    private const string CategoriesTag = "msrtc-event-categories";
    private const string GruuTag = "gruu-10";

    // What servers of the field grant a permanent redirection; clients may remember it that long.
    private static readonly TimeSpan PermanentRedirection = TimeSpan.FromDays(30);

    private readonly Dictionary<SipTransportAddress, HomeServerState> _homes = [];

    /// <summary>After how long endpoints that are refused for maintenance may ask again; null while there is none.</summary>
    public TimeSpan? Maintenance { get; set; }

    /// <summary>False while only endpoints that can do without the user's presence service may register ([MS-SIPREGE] §3.5).</summary>
    public bool HasUserServices { get; set; } = true;

    public void SetState(SipTransportAddress home, HomeServerState state) => _homes[home] = state;

    /// <summary>Where the user is at home; null for here.</summary>
    public SipTransportAddress? HomeOf(UcServerUser user) => user.HomeServer ?? options.HomeServer;

    /// <summary>True when the user is at home elsewhere and this server stands in.</summary>
    public bool IsBackupOf(UcServerUser user) => HomeOf(user) is { } home && StateOf(home) == HomeServerState.TakenOver;

    /// <summary>The address of a server, as Contact and P-Preferred-Registrar name it.</summary>
    public static SipUri UriOf(SipTransportAddress server) =>
        SipUri.Create("", server.Host, server.Port).WithParameter("transport", server.Transport.ToLowerInvariant());

    /// <summary>True when the client can be registered without the user's presence service ([MS-SIPREGE] §2.2.1.5).</summary>
    public static bool IsSurvivable(SipRequest register) => register.Headers.HasToken(HeaderName.Supported, "ms-userservices-state-notification");

    /// <summary>Judges a REGISTER.</summary>
    /// <param name="register">The request.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="isNew">True when it binds an endpoint that is not bound yet.</param>
    /// <returns>The refusal; null to let it register.</returns>
    public ServerAnswer? Refuse(SipRequest register, UcServerUser user, bool isNew)
    {
        if (!user.IsEnabled)
        {
            // [MS-OCER] §7.5 has one id for both: who must not sign in does not exist.
            return ServerAnswer.Refuse(StatusCode.NotFound, ServerDiagnostics.UserNotFound);
        }

        if (options.AcceptClient is { } accept && !accept(register.Headers[HeaderName.UserAgent] ?? ""))
        {
            return ServerAnswer.Refuse(StatusCode.Forbidden, ServerDiagnostics.ClientVersion)
                .With(HeaderName.Warning, "310 lcs.microsoft.com \"You are currently not using the recommended version of the client\"");
        }

        return RefuseForm(register) ?? Redirect(user) ?? RefuseForNow(register, isNew);
    }

    private static ServerAnswer? RefuseForm(SipRequest register)
    {
        if (register.Headers.Contains(HeaderName.Event) && !EventNames.Is(register, "registration"))
        {
            return ServerAnswer.Refuse(StatusCode.BadEvent, ServerDiagnostics.NotRegistrationEvent).With(HeaderName.AllowEvents, "registration");
        }

        var hasCategories = register.Headers.HasToken(HeaderName.Supported, CategoriesTag);
        var hasGruu = register.Headers.HasToken(HeaderName.Supported, GruuTag);
        if (hasCategories && !hasGruu)
        {
            return ServerAnswer.Refuse(StatusCode.ExtensionRequired, ServerDiagnostics.GruuRequired).With(HeaderName.Require, GruuTag);
        }

        // A plain SIP client has neither, and is known by its Contact.
        return hasGruu && !Epid.IsValid(register.From!.Epid) && !HasInstance(register)
            ? ServerAnswer.Refuse(StatusCode.BadRequest, ServerDiagnostics.NoEndpointId)
            : null;
    }

    private static bool HasInstance(SipRequest register) => register.Contact is { } contact && InstanceId.TryParse(contact.Parameters["+sip.instance"], out _);

    private static string Seconds(TimeSpan time) => ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private HomeServerState StateOf(SipTransportAddress home) => _homes.GetValueOrDefault(home);

    private ServerAnswer? Redirect(UcServerUser user)
    {
        if (HomeOf(user) is not { } home)
        {
            return null;
        }

        switch (StateOf(home))
        {
            case HomeServerState.TakenOver:
                return null;
            case HomeServerState.Unreachable:
                return ServerAnswer.Refuse(StatusCode.ServerTimeout, ServerDiagnostics.HomeServerUnreachable);
            default:
                var answer = new ServerAnswer(user.IsHomeTemporary ? StatusCode.MovedTemporarily : StatusCode.MovedPermanently, "Redirect request to Home Server");
                // The q of real servers; a home server alone has none.
                answer = (user.BackupServer ?? options.BackupServer) is { } backup && backup != home
                    ? answer.With(HeaderName.Contact, $"<{UriOf(home)}>;q=0.7").With(HeaderName.Contact, $"<{UriOf(backup)}>;q=0.3")
                    : answer.With(HeaderName.Contact, $"<{UriOf(home)}>");
                // Without Expires a redirection is good for this once (RFC 3261 §21.3.3).
                return user.IsHomeTemporary ? answer : answer.With(HeaderName.Expires, Seconds(PermanentRedirection));
        }
    }

    private ServerAnswer? RefuseForNow(SipRequest register, bool isNew)
    {
        if (!HasUserServices && !IsSurvivable(register))
        {
            return ServerAnswer.Refuse(StatusCode.TemporarilyUnavailable, ServerDiagnostics.UserServicesUnavailable);
        }

        return isNew && Maintenance is { } wait
            ? ServerAnswer.Refuse(StatusCode.ServiceUnavailable, ServerDiagnostics.Maintenance).With(HeaderName.RetryAfter, Seconds(wait))
            : null;
    }
}
