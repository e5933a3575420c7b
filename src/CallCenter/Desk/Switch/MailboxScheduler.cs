using Courier.Sip.Dialogs;

namespace Courier.CallCenter.Switch;

/// <summary>Lets programs written with async and await go on in a call's mailbox: one thing after another, whatever thread it is.</summary>
internal sealed class MailboxScheduler(Mailbox mailbox) : TaskScheduler
{
    /// <summary>Starts work in the mailbox; what it awaits goes on there too.</summary>
    public Task<T> Run<T>(Func<Task<T>> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Starts work in the mailbox; what it awaits goes on there too.</summary>
    public Task Run(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Does something in the mailbox.</summary>
    public Task<T> Do<T>(Func<T> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    /// <inheritdoc />
    protected override void QueueTask(Task task) => mailbox.Post(() => TryExecuteTask(task));

    /// <inheritdoc />
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => Current == this && !taskWasPreviouslyQueued && TryExecuteTask(task);

    /// <inheritdoc />
    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
