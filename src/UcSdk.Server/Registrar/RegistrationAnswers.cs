using System.Globalization;
using UcSdk.Core;
using UcSdk.Sip;

namespace UcSdk.Server;

/// <summary>What a REGISTER that was granted is answered, in the form in which clients of the family compare it ([MS-SIPREGE] §3.1.2.5, [MS-CONMGMT] §2.2.1).</summary>
internal sealed class RegistrationAnswers(RegistrarOptions options, UserDirectory directory, BindingStore bindings, RegistrationPolicy policy, TemporaryGruus temporaryGruus)
{
    private static readonly HeaderName UserLogonData = HeaderName.Of("ms-user-logon-data");

    /// <summary>The 200 with all bindings of the user.</summary>
    /// <param name="user">The user.</param>
    /// <param name="now">The time from which Contacts count what is left of them.</param>
    /// <param name="expires">What was granted; zero for nothing.</param>
    /// <param name="action">What was done, as presence-state says it; null to leave that out.</param>
    public ServerAnswer Granted(UcServerUser user, Timestamp now, TimeSpan expires, string? action = null)
    {
        var answer = new ServerAnswer(StatusCode.Ok);
        // One field for each binding: clients search the fields, not a list, for their own instance id.
        foreach (var binding in bindings.OfUser(directory.AddressOfRecord(user)))
        {
            answer = answer.With(HeaderName.Contact, Describe(binding, now));
        }

        answer = answer.With(HeaderName.Expires, Seconds(expires));
        if (action is not null)
        {
            // [MS-SIPREGE] §2.2.1.4: who is registered at a backup learns that the servers of their own cannot be reached.
            var cluster = policy.IsBackupOf(user) ? ";primary-cluster-type=\"central\";is-connected-to-primary=\"no\"" : "";
            answer = answer.With(HeaderName.PresenceState, $"register-action=\"{action}\"{cluster}");
        }

        // Clients split the list at commas without trimming, and compare each Supported field as a whole.
        answer = answer.With(HeaderName.AllowEvents, string.Join(',', ServedEvents.All));
        foreach (var extension in ServedEvents.RegistrationExtensions)
        {
            answer = answer.With(HeaderName.Supported, extension);
        }

        if (options.KeepAliveGrace is not null)
        {
            // Who misses keep-alives is not registered any more.
            answer = answer.With(HeaderName.Supported, "ms-keepalive-deregister");
        }

        if (options.IsAccessEdge)
        {
            answer = answer.With(UserLogonData, "RemoteUser");
        }

        return answer.With(HeaderName.MsKeepAlive, MsKeepAlive.Answer(options.KeepAlive).ToString());
    }

    /// <summary>Says that the binding is one of a flow (RFC 5626 §6), and after how much silence the flow counts as lost (§5.4).</summary>
    public ServerAnswer Outbound(ServerAnswer granted)
    {
        granted = granted.With(HeaderName.Require, OutboundRules.Tag);
        return options.KeepAliveGrace is { } grace ? granted.With(HeaderName.FlowTimer, Seconds(options.KeepAlive + grace)) : granted;
    }

    private static string Seconds(TimeSpan time) => ((long)time.TotalSeconds).ToString(CultureInfo.InvariantCulture);

    private string Describe(Binding binding, Timestamp now)
    {
        var gruus = binding.Gruu is { } lync ? $";gruu=\"{lync}\"" : "";
        gruus += binding.PublicGruu is { } open ? $";pub-gruu=\"{open}\"" : "";
        gruus += binding.TemporaryNumber is { } number ? $";temp-gruu=\"{temporaryGruus.Create(directory.Domain, number)}\"" : "";
        return $"<{binding.Contact.Uri}>;expires={Seconds(binding.Due - now)}{binding.Contact.Parameters}{gruus}";
    }
}
