namespace UcSdk.Server;

/// <summary>A part of the server whose state is kept in the store.</summary>
internal interface IStoredState
{
    /// <summary>Whether records of the kind are this part's.</summary>
    bool Keeps(string kind);

    /// <summary>Takes back one record of those kinds; all come before anybody can connect, in any order.</summary>
    /// <returns>False when the content cannot be read: it is logged, and stays in the store as it is.</returns>
    bool TryRestore(StoreRecord record);
}
