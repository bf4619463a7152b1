namespace UcSdk;

/// <content>The user's phones.</content>
public sealed partial class Self
{
    /// <summary>The user's phones, those that others do not see included.</summary>
    public IReadOnlyList<Phone> Phones => _model.Phones;

    /// <summary>Tells the phones whenever one came, went or changed. Ends when the client is disposed.</summary>
    public IObservable<IReadOnlyList<Phone>> PhonesChanges => _model.PhonesChanges;

    /// <summary>The phone of that kind; null when the user has none.</summary>
    public Phone? GetPhone(ContactEndpointType type) => Phones.FirstOrDefault(phone => phone.Type == type);

    /// <summary>Whether the user may set a phone of that kind: it is one of the four phones, and the directory does not say it.</summary>
    public bool CanSetPhone(ContactEndpointType type) => OwnCard.IsPhone(type) && GetPhone(type) is null or { CanEdit: true };

    /// <summary>Sets the phone of that kind, in the place of the one that there is.</summary>
    /// <param name="type">One of the four kinds of phone.</param>
    /// <param name="number">The number, as it is dialled or as a tel URI; the dial plan makes a number of it (<see cref="LyncClient.NormalizePhoneNumber"/>).</param>
    /// <param name="publish">Whether others see it, as far as their access level goes: at work from Colleague on, mobile from Workgroup on, the others for Friends.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">It is no kind of phone, or no number.</exception>
    /// <exception cref="InvalidStateException">The directory says that phone, or the connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task SetPhoneAsync(ContactEndpointType type, string number, bool publish, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(number);
        Demand(type, nameof(SetPhoneAsync));
        var normal = _model.Settings.DialPlan.TryNormalize(number, out var made) ? made : null;
        if (normal is null && number.Any(char.IsLetter))
        {
            throw new ArgumentException("That is no phone number.", nameof(number));
        }

        var uri = "tel:" + (normal ?? string.Concat(number.Where(character => !char.IsWhiteSpace(character))));
        return _context.Loop.InvokeAsync(() => _model.Wire.PublishAsync(
            nameof(SetPhoneAsync), state => OwnCard.WithPhone(state, type, uri, number, publish), buildsOn: true, cancellationToken));
    }

    /// <summary>Removes the phone of that kind; nothing to do where there is none.</summary>
    /// <param name="type">One of the four kinds of phone.</param>
    /// <param name="cancellationToken">Stops the waiting, not what has been sent.</param>
    /// <exception cref="ArgumentException">It is no kind of phone.</exception>
    /// <exception cref="InvalidStateException">The directory says that phone, or the connection is gone.</exception>
    /// <exception cref="ServerRequestException">The server refused or did not answer.</exception>
    public Task RemovePhoneAsync(ContactEndpointType type, CancellationToken cancellationToken = default)
    {
        Demand(type, nameof(RemovePhoneAsync));
        return _context.Loop.InvokeAsync(() => _model.Wire.PublishAsync(
            nameof(RemovePhoneAsync), state => OwnCard.WithPhone(state, type, null, null, publish: false), buildsOn: true, cancellationToken));
    }

    private void Demand(ContactEndpointType type, string operation)
    {
        if (!OwnCard.IsPhone(type))
        {
            throw new ArgumentException($"{type} is no kind of phone.", nameof(type));
        }

        if (!CanSetPhone(type))
        {
            throw new InvalidStateException("Phone", "in the directory", operation);
        }
    }
}
