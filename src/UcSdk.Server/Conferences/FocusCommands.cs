using UcSdk.Documents;

namespace UcSdk.Server;

/// <summary>The C3P commands that a focus takes in its dialogs ([MS-CONFBAS] §3.3.5), with who may give them.</summary>
internal static class FocusCommands
{
    /// <summary>Executes a command of somebody in the conference.</summary>
    /// <param name="focus">The conference.</param>
    /// <param name="sender">The address of record of the sender.</param>
    /// <param name="request">The request; its <c>from</c> and <c>to</c> have been checked.</param>
    /// <param name="effects">What is to be done beside answering.</param>
    public static C3pOutcome Execute(Focus focus, string sender, C3pRequest request, List<FocusEffect> effects) => request.Command switch
    {
        _ when focus.State == FocusState.Deleted => C3pError.ConferenceUriInvalid,
        { McuUri: not null } and (DeleteUserCommand or DeleteConferenceCommand) => C3pError.McuNotAllowed,
        DeleteUserCommand command => DeleteUser(focus, sender, request, command, effects),
        DeleteConferenceCommand command => DeleteConference(focus, sender, request, command, effects),
        AddUserCommand { McuUri: null, User.Endpoints.Count: 0 } command => ListUser(focus, sender, request, command),
        _ => request.Fail(C3pReasons.NotSupported),
    };

    private static C3pOutcome DeleteUser(Focus focus, string sender, C3pRequest request, DeleteUserCommand command, List<FocusEffect> effects)
    {
        if (!focus.IsNamed(command.ConferenceUri))
        {
            return C3pError.ConferenceEntityInvalid;
        }

        if (!focus.MayRun(sender) && !sender.Equals(command.UserUri, StringComparison.OrdinalIgnoreCase))
        {
            return C3pError.NotAuthorized;
        }

        return focus.TryEject(command.UserUri, effects)
            ? request.Succeed(new DeleteUserResult { ConferenceUri = command.ConferenceUri, UserUri = command.UserUri })
            : request.Fail(C3pReasons.UserDoesNotExist);
    }

    private static C3pOutcome DeleteConference(
        Focus focus, string sender, C3pRequest request, DeleteConferenceCommand command, List<FocusEffect> effects)
    {
        if (!focus.IsNamed(command.ConferenceUri))
        {
            return C3pError.ConferenceEntityInvalid;
        }

        if (!focus.MayRun(sender))
        {
            return C3pError.NotAuthorized;
        }

        focus.Delete(effects);
        return request.Succeed(new DeleteConferenceResult(command.ConferenceUri));
    }

    /// <summary>addUser without an endpoint: the user is let in when it comes, also into a closed conference.</summary>
    private static C3pOutcome ListUser(Focus focus, string sender, C3pRequest request, AddUserCommand command)
    {
        if (!focus.IsNamed(command.ConferenceUri))
        {
            return C3pError.ConferenceEntityInvalid;
        }

        if (!focus.MayRun(sender))
        {
            return C3pError.NotAuthorized;
        }

        if (ConferenceChecks.FindFault(command.User) is { } fault)
        {
            return fault;
        }

        var role = command.User.Roles.Count == 0 ? ConferenceRoles.Attendee : command.User.Roles[0];
        return focus.TryList(Sip.SipUri.Parse(command.User.Entity).AddressOfRecord.Text, role)
            ? request.Succeed(new AddUserResult(command.ConferenceUri, command.User with { Roles = [role] }))
            : request.Fail(C3pReasons.PolicyViolation);
    }
}
